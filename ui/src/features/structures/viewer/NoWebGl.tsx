import { Message } from '@/shared/states/Message';

/** Instead of a drawing, where there can be none. */
export function NoWebGl() {
  return (
    <Message title="This browser draws no models" compact>
      It has no WebGL, or it is switched off. The files below open in Coot or PyMOL.
    </Message>
  );
}
