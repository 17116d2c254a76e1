/**
 * diff: compare two views of devices and say what changed. The only maker of changes.
 * Never: where the views come from, what is stored, or who hears of it.
 */
export { compareDevices, deviceSide } from './compare-devices.ts';
export { portSide } from './compare-ports.ts';
