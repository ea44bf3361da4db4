// The page shown inside the dialog after a login: tells the page below, and every other tab, that it may go on.
new BroadcastChannel("safe-conduct").postMessage({ kind: "logged-in" });
