() => {
  // Runs when the page loads: hands over the conversation that this tab had open, for [shelf, compare, timeline, carrier].
  try {
    const id = sessionStorage.getItem("strategy-assistant");
    const all = JSON.parse(localStorage.getItem("strategy-assistant") ?? "{}");
    return [null, null, null, id && all[id] ? JSON.stringify({ id, turns: all[id].turns }) : ""];
  } catch {
    return [null, null, null, ""];
  }
}
