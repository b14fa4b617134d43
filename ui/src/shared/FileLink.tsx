import { IconCheck, IconLink, IconTerminal2 } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { Confirm } from './Confirm';
import { curl, minutes } from './fileLinks';
import classes from './FileLink.module.css';
import { Popup } from './Popup';

/** A link to one file for where the page's log-in does not go: another program, another computer. */
export function FileLink({ path, name }: { path: string; name: string }) {
  const [held, setHeld] = useState<{ text: string; validity: number } | null>(null);
  const [copied, setCopied] = useState(false);
  const sign = useMutation({
    mutationFn: async (asCommand: boolean) => {
      const link = await read(api.POST('/ispyb/api/v1/user/sign', { body: { path, method: 'GET' } }));
      const address = `${globalThis.location.origin}${link.url}`;
      return { text: asCommand ? curl(address, name) : address, validity: link.validity };
    },
    onSuccess: (link) => {
      // Where the browser does not let the page write to the clipboard, the link is shown to be copied by hand.
      const written = 'clipboard' in navigator ? navigator.clipboard.writeText(link.text) : Promise.reject(new Error());
      written.then(
        () => {
          setCopied(true);
          setTimeout(() => setCopied(false), 3000);
        },
        () => setHeld(link),
      );
    },
  });
  const Face = copied ? IconCheck : IconLink;
  return (
    <>
      <Popup
        label={copied ? 'Copied' : `Link to ${name}`}
        face={<Face size={16} stroke={1.7} aria-hidden="true" />}
        align="end"
        testId="file-link"
      >
        <p className={classes.note}>Works without log-in for a short time, for this one file.</p>
        <button type="button" onClick={() => sign.mutate(false)}>
          <IconLink size={16} stroke={1.7} aria-hidden="true" />
          Copy link
        </button>
        <button type="button" onClick={() => sign.mutate(true)}>
          <IconTerminal2 size={16} stroke={1.7} aria-hidden="true" />
          Copy as curl command
        </button>
      </Popup>
      <span className="visually-hidden" role="status">
        {copied && sign.data ? `Copied. It works for ${minutes(sign.data.validity)}.` : ''}
      </span>
      {(held ?? sign.error) && (
        <Confirm
          title={`Link to ${name}`}
          action="Done"
          pending={false}
          error={sign.error}
          onClose={() => close()}
          onConfirm={() => close()}
        >
          {held && (
            <>
              <p>Select and copy it; it works for {minutes(held.validity)}.</p>
              <code className={classes.link}>{held.text}</code>
            </>
          )}
        </Confirm>
      )}
    </>
  );

  function close() {
    setHeld(null);
    sign.reset();
  }
}
