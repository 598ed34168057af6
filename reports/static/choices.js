// The lists at the head of every page from which the reader chooses body, region, scope, period and profile.
(function () {
  "use strict";
  const { address, filters, element } = certhouse;
  const selects = [...document.querySelectorAll("[data-filter]")];
  const clear = document.getElementById("choices-clear");

  // A period that is in no list, as from a link, joins the list; anything else that is not listed is dropped.
  function take(select) {
    const name = select.dataset.filter;
    const wanted = address.get(name);
    select.value = wanted;
    if (select.selectedIndex < 0 && name === "period" && filters.span(wanted)) {
      select.append(element("option", { value: wanted }, wanted.replace("..", " 至 ")));
      select.value = wanted;
    }
    if (select.selectedIndex < 0) {
      address.change({ [name]: "" });
      select.value = "";
    }
    select.classList.toggle("set", Boolean(select.value));
  }

  function restore() {
    selects.forEach(take);
    clear.hidden = !Object.keys(filters.chosen()).length;
    range.hidden = document.getElementById("filter-period").value !== "range";
  }

  // Own range of months: two fields that show up when asked for.
  const range = document.getElementById("choices-range");
  const [first, last] = range.querySelectorAll("input");
  function ranged() {
    if (first.value && last.value && first.value <= last.value) address.choose({ period: first.value + ".." + last.value });
  }
  first.addEventListener("change", ranged);
  last.addEventListener("change", ranged);

  for (const select of selects) {
    select.addEventListener("change", function () {
      range.hidden = select.value !== "range" || select.dataset.filter !== "period";
      if (!range.hidden) first.focus();
      else address.choose({ [select.dataset.filter]: select.value });
    });
  }
  clear.addEventListener("click", () => address.choose(Object.fromEntries(filters.names.map((name) => [name, ""]))));
  certhouse.choices = { restore };
})();
