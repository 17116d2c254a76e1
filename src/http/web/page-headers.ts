import { SAFE_HEADERS } from '../headers.ts';

/** Whatever a page could ask of the machine it is shown on: nothing of it is needed. */
const ABILITIES = [
  'accelerometer',
  'ambient-light-sensor',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'window-management',
  'xr-spatial-tracking',
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine and React place styles by attribute and by sheet; a style runs nothing.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/** On the dashboard's own files, in place of {@link SAFE_HEADERS}: they run script, all of it from here. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...SAFE_HEADERS,
  'content-security-policy': POLICY,
  'permissions-policy': ABILITIES.map((ability) => `${ability}=()`).join(', '),
};
