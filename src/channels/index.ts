/**
 * channels: whom we tell; each folder one way to deliver a message, once, now.
 * Never: decide who is told what, when to try again, or believe a word of what it carries.
 */
export { createEmail, type EmailOptions, type EmailWay } from './email/email.ts';
export { createGuard, type EgressGuard, type EgressTerms, type Passage } from './exchange/guard.ts';
export type { ChannelKind, KindWorld, MailWay } from './kind.ts';
export { type ChannelWorld, createChannelMaker } from './maker.ts';
export { createMqttMirror, type MqttMirrorOptions } from './mqtt/mirror.ts';
export { type MqttMirrorSource, openMqttMirror } from './mqtt/open-mirror.ts';
