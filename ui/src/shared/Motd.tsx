import classes from './Motd.module.css';

/** The message of the day; its line breaks stay. */
export function Motd({ text }: { text: string }) {
  return <p className={classes.motd}>{text}</p>;
}
