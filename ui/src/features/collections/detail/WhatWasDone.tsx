import type { CollectionDetail } from '@/api/types';
import { Snapshots } from './Snapshots';
import { parameterGroups } from './parameters';
import classes from './WhatWasDone.module.css';

/** What was done: pictures of the crystal, then every parameter in its group, with its unit. */
export function WhatWasDone({ collection }: { collection: CollectionDetail }) {
  return (
    <>
      <Snapshots collection={collection} />
      {parameterGroups(collection).map(({ name, parameters }) => (
        <section key={name} className={classes.group}>
          <h2>{name}</h2>
          <dl>
            {parameters.map(({ label, value, long }) => (
              <div key={label} data-long={long}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
