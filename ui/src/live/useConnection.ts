import { useSyncExternalStore } from 'react';
import { connection } from './connection';

/** The state of the connection, kept up to date. */
export function useConnection() {
  return useSyncExternalStore(connection.subscribe, connection.read);
}
