() => {
  // Runs when the page loads: hands over the conversation that this tab had open, for [state, carrier].
  try {
    const id = sessionStorage.getItem("strategy-assistant");
    const all = JSON.parse(localStorage.getItem("strategy-assistant") ?? "{}");
    return [null, id && all[id] ? JSON.stringify({ id, turns: all[id].turns }) : ""];
  } catch {
    return [null, ""];
  }
}
