import type { LoginWay } from '@/api/types';

export interface Ways {
  /** Asks for a log-in and a password. */
  passwords: LoginWay[];
  /** Sends the browser to a provider. */
  providers: { name: string; label: string; href: string }[];
}

/** The ways of logging in that a browser can go; keys and tokens are for programs. */
export function waysOf(plugins: LoginWay[], next: string | undefined): Ways {
  return {
    passwords: plugins.filter(({ kind }) => kind === 'password'),
    providers: plugins.flatMap(({ name, label, kind, config }) => {
      const start = kind === 'redirect' ? config.start : undefined;
      return start === undefined ? [] : [{ name, label, href: withNext(start, next) }];
    }),
  };
}

function withNext(start: string, next: string | undefined): string {
  if (next === undefined) return start;
  return `${start}${start.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
}
