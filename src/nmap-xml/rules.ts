import type { Attributes } from './attributes.ts';
import type { HostDraft } from './host-draft.ts';
import type { RunDraft } from './run-draft.ts';

/** What an element means where it stands. Elements without a rule are passed over with all that is inside them. */
export interface Rule {
  readonly open?: (run: RunDraft, a: Attributes) => void;
  readonly text?: (run: RunDraft, text: string) => void;
  readonly close?: (run: RunDraft) => void;
  readonly inside?: ReadonlyMap<string, Rule>;
}

const inside = (rules: Record<string, Rule>): ReadonlyMap<string, Rule> => new Map(Object.entries(rules));

/** A rule that hands the attributes to the host being read. */
const onHost = (tell: (host: HostDraft, a: Attributes) => void): ((run: RunDraft, a: Attributes) => void) => {
  return (run, a) => run.host && tell(run.host, a);
};

const SERVICE: Rule = {
  open: onHost((host, a) => host.service(a)),
  inside: inside({ cpe: { text: (run, text) => run.host?.cpe(text) } }),
};

/** Tables may lie in tables. */
const tables = new Map<string, Rule>();
const TABLE: Rule = {
  open: onHost((host, a) => host.elems?.openTable(a.get('key'))),
  close: (run) => run.host?.elems?.closeTable(),
  inside: tables,
};
const ELEM: Rule = {
  open: onHost((host, a) => host.elems?.openElem(a.get('key'))),
  text: (run, text) => run.host?.elems?.text(text),
  close: (run) => run.host?.elems?.closeElem(),
};
tables.set('table', TABLE).set('elem', ELEM);

const PORT: Rule = {
  open: onHost((host, a) => host.port(a)),
  inside: inside({
    state: { open: onHost((host, a) => host.portState(a)) },
    service: SERVICE,
    script: { open: onHost((host, a) => host.portScript(a)), inside: tables },
  }),
};

const EXTRAPORTS: Rule = {
  open: onHost((host, a) => host.extraports(a)),
  inside: inside({ extrareasons: { open: onHost((host, a) => host.extrareasons(a)) } }),
};

const HOST: Rule = {
  open: (run, a) => run.openHost(a),
  close: (run) => run.closeHost(),
  inside: inside({
    status: { open: onHost((host, a) => host.status(a)) },
    address: { open: onHost((host, a) => host.address(a)) },
    hostnames: { inside: inside({ hostname: { open: onHost((host, a) => host.hostname(a)) } }) },
    ports: { inside: inside({ extraports: EXTRAPORTS, port: PORT }) },
    os: { inside: inside({ osmatch: { open: onHost((host, a) => host.osMatch(a)) } }) },
    hostscript: { inside: inside({ script: { open: onHost((host, a) => host.hostScript(a)) } }) },
  }),
};

const scripts = (when: 'pre' | 'post'): Rule => ({
  open: (run, a) => run.openScripts(a),
  close: (run) => run.closeScripts(when),
  inside: inside({ script: { open: (run, a) => run.script(a) } }),
});

/** The one element a document may start with. What hosthint says is only nmap's guess on the way: it has no rule. */
export const ROOT: ReadonlyMap<string, Rule> = inside({
  nmaprun: {
    open: (run, a) => run.header(a),
    close: (run) => run.close(),
    inside: inside({
      scaninfo: { open: (run, a) => run.scanInfo(a) },
      taskprogress: { open: (run, a) => run.progress(a) },
      prescript: scripts('pre'),
      host: HOST,
      postscript: scripts('post'),
      runstats: {
        close: (run) => run.closeStats(),
        inside: inside({ finished: { open: (run, a) => run.finish(a) }, hosts: { open: (run, a) => run.totals(a) } }),
      },
    }),
  },
});

export const PASS_OVER: Rule = {};
