// Every npm script runs on the Node that the project pins. When its install script was blocked, npm would silently
// fall back to the machine's own Node: say so instead.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `Holdpoint needs Node 24 and found ${process.version}. Its own copy comes with the package "node": run "npm ci" with install scripts allowed, or put Node 24 on the PATH.`,
  );
  process.exit(1);
}
