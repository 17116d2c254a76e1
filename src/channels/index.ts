/**
 * channels: whom we tell; each folder one way to deliver a message, once, now.
 * Never: decide who is told what, when to try again, or believe a word of what it carries.
 */
export { createEmail, type EmailOptions, type EmailWay } from './email/email.ts';
