"use strict";
// Adds a copy button to every address; without this script the addresses can be selected as text.
for (const line of navigator.clipboard ? document.querySelectorAll(".copy") : []) {
  const address = line.querySelector("code");
  const button = document.createElement("button");
  const { copy, copied } = document.body.dataset;
  button.type = "button";
  button.textContent = copy;
  button.setAttribute("aria-describedby", address.id);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address.textContent);
    button.textContent = copied;
    document.getElementById("status").textContent = copied;
    setTimeout(() => { button.textContent = copy; }, 2000);
  });
  line.append(button);
}
