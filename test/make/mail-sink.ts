/** A mail server of its own process, for tests in a network namespace: `mail-sink.ts PORT` writes each mail as a line of JSON. */
import { mailServer } from './mail-server.ts';

const server = await mailServer({ port: Number(process.argv[2]) });
let told = 0;
setInterval(() => {
  for (const mail of server.mails.slice(told)) process.stdout.write(`${JSON.stringify(mail)}\n`);
  told = server.mails.length;
}, 20);
process.stdout.write('ready\n');
process.stdin.on('end', () => process.exit()).resume();
