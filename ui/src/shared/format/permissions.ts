/** What ISPyB's own permissions let somebody do, in words that follow "may". */
const WORDS: Record<string, string> = {
  all_proposals: 'see every proposal and session',
  manage_groups: 'change who is in which group',
  manage_options: 'change the message of the day and other options',
  manage_perms: 'change what groups may do, and make and revoke every key',
  manage_persons: 'see and find everybody the facility knows, with their e-mail address',
  uportal_sync: 'bring proposals, sessions and people from the user portal',
  view_activity: 'read who did what',
};

/** The meaning of a permission, where ISPyB itself gives it one; the facility's own are described in its database. */
export function permissionWords(type: string): string | null {
  return WORDS[type] ?? null;
}
