/* The words of the page, translated by the server; and how values get into fields. */

export const words = () => document.querySelector("[data-words]").dataset;

export const say = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");

export const tell = (text, link) => {
  const status = document.querySelector("[data-status]");
  status.textContent = text;
  if (link) {
    const a = Object.assign(document.createElement("a"), { href: link.href, target: "_blank", textContent: link.text });
    status.append(" ", a);
  }
};

export const put = (field, value) => {
  if (!field || field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

export const make = (tag, properties = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

export const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

// ٠-٩ and ۰-۹ as 0-9, the Arabic decimal separator and the comma as a point.
export const plain = (text) => text
  .replace(/[٠-٩]/g, (sign) => sign.charCodeAt(0) - 0x660)
  .replace(/[۰-۹]/g, (sign) => sign.charCodeAt(0) - 0x6f0)
  .replace(/٫/g, ".")
  .replace(/[\s٬]/g, "");
