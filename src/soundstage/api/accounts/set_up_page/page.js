// The token stays behind the # of the address: no server log ever sees it.
const form = document.getElementById("account");
const said = document.getElementById("said");
const token = new URLSearchParams(location.hash.slice(1)).get("token");

function say(text, failed) {
  said.textContent = text;
  said.className = failed ? "failed" : "";
}

async function makeAccount() {
  const { email, username, password } = Object.fromEntries(new FormData(form));
  const answer = await fetch("/api/auth/setup", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, email, username, password }),
  });
  if (answer.ok) {
    form.remove();
    history.replaceState(null, "", location.pathname);
    say(`The account ${username} is there: log in with it, by command or over the API.`, false);
    return;
  }
  const problem = await answer.json();
  say([problem.detail, problem.hint].filter(Boolean).join(" "), true);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  say("", false);
  try {
    await makeAccount();
  } catch {
    say("Soundstage did not answer. Is it still running? Nothing was lost: try again.", true);
  } finally {
    button.disabled = false;
  }
});

if (!token) say("This address lacks the token: open the whole link that `soundstage serve` printed.", true);
