/** Why a log-in at a provider did not come about, by the word that the service put into the address. */
const WORDS: Record<string, { title: string; text: string }> = {
  denied: {
    title: 'The log-in was cancelled',
    text: 'The provider says that you, or it, did not allow ISPyB to know who you are.',
  },
  expired: {
    title: 'The log-in took too long',
    text: 'The way back from the provider is open for a few minutes only, and in one browser. Start once more.',
  },
  refused: {
    title: 'Log-in refused',
    text: 'The provider’s answer was not accepted. Try once more; if it stays so, tell the facility.',
  },
  unavailable: {
    title: 'The provider does not answer',
    text: 'Try again in a few minutes, or log in another way. Who is logged in already is not affected.',
  },
  'unknown-person': {
    title: 'ISPyB does not know you yet',
    text: 'The provider knows you, but the facility’s user office has not registered you. It can say when that happens.',
  },
};

export function loginError(word: string): { title: string; text: string } {
  return WORDS[word] ?? { title: 'The log-in did not work', text: 'Try once more, or log in another way.' };
}

/** "2 min 5 s", for somebody who has to wait. */
export function waitWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
