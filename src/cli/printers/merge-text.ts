import type { DeviceJson, ProposalJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { deviceLabel } from './change-text.ts';
import { presencePiece } from './device-text.ts';

type Member = ProposalJson['keep'];

/** "8+12": whom a proposal is of, the one to go on as first. It can never mean others than those that were shown. */
export const proposalName = ({ keep, absorb }: ProposalJson): string => [keep, ...absorb].map(({ id }) => id).join('+');

/** Each proposal under its name. */
export function printProposals(out: Output, proposals: readonly ProposalJson[]): void {
  for (const proposal of proposals) {
    const { keep, absorb, confidence, guess, reasons } = proposal;
    const sure: Piece = { text: `${Math.round(confidence * 100)} %${guess ? ', a guess' : ''}`, tone: guess ? 'warn' : 'good' };
    out.line({ text: proposalName(proposal).padEnd(6), tone: 'strong' }, '  ', sure);
    for (const member of [keep, ...absorb]) out.line('      ', ...memberPieces(member));
    for (const reason of reasons) out.line({ text: `        ${reason}`, tone: 'dim' });
  }
}

function memberPieces(member: Member): Piece[] {
  const where = [...member.addresses, ...member.macs].join(' ');
  return [`${deviceLabel(member)}  ${where}  `, presencePiece(member.presence), `, last seen ${localTime(Date.parse(member.lastSeen))}`];
}

/** "#7 printer  192.0.2.20  02:00:5e:00:53:01" for each. */
export function printMembers(out: Output, devices: readonly Pick<DeviceJson, 'id' | 'name' | 'addresses' | 'macs'>[]): void {
  for (const device of devices) out.line(`  ${[deviceLabel(device), ...device.addresses, ...device.macs].join('  ')}`);
}
