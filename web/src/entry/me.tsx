import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { MeJson } from '../../../src/contract/index.ts';
import { client } from '../asked/client.ts';

const ME = ['access.me'];

const MeContext = createContext<MeJson | null>(null);

/** Who is at the page, as the daemon knows them. */
export const useAskMe = () =>
  useQuery({ queryKey: ME, queryFn: ({ signal }) => client.access.me(undefined, { signal }), staleTime: 60_000 });

export function MeProvider({ me, children }: { readonly me: MeJson; readonly children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): MeJson {
  const me = useContext(MeContext);
  if (!me) throw new TypeError('who is here is asked outside the house');
  return me;
}

/** Whether the viewer may do what needs this scope. */
export const useMay = (scope: MeJson['scopes'][number]): boolean => useMe().scopes.includes(scope);

/** Takes in who is here from now on; null: ask. Nothing that was asked for somebody else is kept. */
export function useEntered(): (me: MeJson | null) => Promise<void> {
  const queries = useQueryClient();
  return async (me) => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
    if (me) queries.setQueryData(ME, me);
    else await queries.invalidateQueries({ queryKey: ME });
  };
}
