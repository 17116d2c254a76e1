// The door of every npm script. It runs on whatever Node the machine has, so it uses nothing newer than `import()`.
const major = Number(process.versions.node.split('.')[0]);

if (major < 18) {
  console.error(`rollcall: this is Node ${process.versions.node}; install Node 18 or newer, which then fetches the Node 26 it runs on`);
  process.exitCode = 2;
} else {
  import('./modes.js')
    .then(({ runMode }) => runMode(process.argv[2], process.argv.slice(3)))
    .then((code) => {
      process.exitCode = code;
    })
    .catch((fault) => {
      console.error(`rollcall: ${fault.remedy ? `${fault.message}; ${fault.remedy}` : fault.stack}`);
      process.exitCode = 2;
    });
}
