/**
 * diff: compare two views of devices and say what changed. The only maker of changes.
 * Never: where the views come from, what is stored, or who hears of it.
 */
export { compareDevices, deviceSide, timeText } from './compare-devices.ts';
export { compareLabels } from './compare-labels.ts';
export { compareInSteps, compareViews } from './compare-views.ts';
export { changedTypes, lastingPage, pageChanged, sshStep } from './identity-change.ts';
export { IGNORE_NOTHING, type IgnoreRules, parseIgnore } from './ignore.ts';
export { entryOf, type HostSeen, sameDevices, viewDeviceOf } from './look.ts';
export { answered, askedPorts, listedPorts, portKey, unlistedState, widenAsked } from './look-ports.ts';
export { covers, coversLastPlaces, type IsAsked, lastPlaces } from './places.ts';
export { lastingService, saysMore, versionsDiffer, withoutNoise } from './version-noise.ts';
export { type ViewFrame, viewOf, viewOfDevices } from './views.ts';
