import type {
  ChangeKind,
  ChannelDraft,
  Device,
  DeviceId,
  Incident,
  IncidentId,
  Instant,
  LabelEdit,
  PlanName,
  PlanSchedule,
  PolicyKind,
  PortLists,
  RuleDraft,
} from '../../core/index.ts';

/** What people of the story may say to whoever keeps the roll. A keeper is one. */
export interface Hearer {
  roll(): { readonly devices: readonly Device[] };
  editDevices(devices: readonly DeviceId[], edit: LabelEdit): Promise<unknown>;
  approve(request: {
    readonly choice: { readonly kind: 'target'; readonly target: null };
    readonly places: null;
    readonly closeness: 'any';
    readonly by: string;
    readonly why: string;
    readonly until: null;
    readonly dryRun: false;
  }): Promise<unknown>;
  makePolicy(request: {
    readonly group: null;
    readonly rule: PolicyKind;
    readonly ports: PortLists;
    readonly by: string;
    readonly why: string;
    readonly until: null;
  }): Promise<unknown>;
  makeBaseline(request: { readonly target: null; readonly by: string; readonly note: string }): Promise<unknown>;
  putChannel(draft: ChannelDraft): Promise<unknown>;
  putRule(draft: RuleDraft): Promise<unknown>;
  mute(draft: {
    readonly kind: 'mute';
    readonly rule: null;
    readonly kinds: readonly ChangeKind[];
    readonly where: string;
    readonly from: null;
    readonly until: Instant | null;
    readonly why: string;
    readonly by: string;
  }): Promise<unknown>;
  acknowledge(ids: readonly IncidentId[] | 'open', by: string): Promise<readonly Incident[]>;
  mergeDevices(request: { readonly keep: DeviceId; readonly absorb: readonly DeviceId[] }): Promise<unknown>;
  startScan(request: { readonly targets: readonly string[]; readonly plan: PlanName }): Promise<{ readonly done: Promise<unknown> }>;
  watch(request: { readonly target: string; readonly schedule: readonly PlanSchedule[] }): Promise<unknown>;
}
