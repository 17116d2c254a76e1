import type { ChangeKind, ChannelDraft, Instant, LabelEdit, Millis, PlanName, RuleDraft } from '../../core/index.ts';

/** Something that people of the story say or order. */
export type Word =
  /** Of all things that the story says something about and that are known by now. */
  | { readonly kind: 'labels' }
  | { readonly kind: 'label'; readonly thing: string; readonly edit: LabelEdit }
  | { readonly kind: 'approve'; readonly by: string; readonly why: string }
  | { readonly kind: 'nowhere'; readonly ports: string; readonly by: string; readonly why: string }
  | { readonly kind: 'baseline'; readonly by: string; readonly note: string }
  | { readonly kind: 'channel'; readonly draft: ChannelDraft }
  | { readonly kind: 'rule'; readonly draft: RuleDraft }
  | {
      readonly kind: 'mute';
      readonly kinds: readonly ChangeKind[];
      readonly where: string;
      readonly why: string;
      readonly by: string;
      readonly until: Instant | null;
    }
  | { readonly kind: 'acknowledge'; readonly by: string }
  /** What a thing was until it made up another card, and what it is now, are one. */
  | { readonly kind: 'merge'; readonly thing: string }
  | { readonly kind: 'scan'; readonly plan: PlanName; readonly targets: readonly string[] }
  /** How often all networks are looked at from now on, and whether their ports are. */
  | { readonly kind: 'watch'; readonly every: Millis; readonly ports: boolean };

export interface Saying {
  readonly at: Instant;
  readonly word: Word;
}
