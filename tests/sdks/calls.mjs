// GREEN-API's client for Node.js, whatsapp-api-js, whatsapp-cloud-api and Kapso's, each call a line;
// and the bodies that Chatwoot sends.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const axios = require("axios");
const { GreenApiClient } = require("@green-api/whatsapp-api-client-js-v2");
const { createBot } = require("whatsapp-cloud-api");
const { WhatsAppClient } = require("@kapso/whatsapp-cloud-api");
const { WhatsAppAPI } = await import("whatsapp-api-js");
const messages = await import("whatsapp-api-js/messages");

const { BASE_URL: base, TOKEN: token, PHONE_NUMBER_ID: number, ID_INSTANCE: instance } = process.env;
const meta = "https://graph.facebook.com";
const to = "5511999999999";
const chat = `${to}@c.us`;
const text = "Olá 日本 👩‍👩‍👧 שלום";
const results = [];

async function call(client, name, ask, good) {
  let answer, isGood = false;
  try {
    answer = await ask();
    isGood = Boolean(good(answer));
  } catch (error) {
    answer = error?.response?.data ?? error;
  }
  results.push(isGood);
  if (!isGood) console.log(`FAILED ${client} ${name}:`, answer);
}

const away = globalThis.fetch;
globalThis.fetch = (url, more) => away(String(url).replace(meta, base), more);
axios.interceptors.request.use((request) => ({ ...request, url: request.url.replace(meta, base) }));

const green = new GreenApiClient({ idInstance: Number(instance), apiTokenInstance: token });
green.client.defaults.baseURL = `${base}/waInstance${instance}`;
green.logger = { info() {}, debug() {}, logErrorResponse() {} };
const reply = [{ buttonId: "1", buttonText: "はい" }];
const hasId = (answer) => answer.idMessage;
for (const [name, ask, good] of [
  ["sendMessage", () => green.sendMessage({ chatId: chat, message: text }), hasId],
  ["sendPoll", () => green.sendPoll({ chatId: chat, message: text, options: [{ optionName: "a" }, { optionName: "b" }] }), hasId],
  ["sendLocation", () => green.sendLocation({ chatId: chat, latitude: 1.5, longitude: 2.5 }), hasId],
  ["sendContact", () => green.sendContact({ chatId: chat, contact: { phoneContact: 5511999999999, firstName: "Ana" } }), hasId],
  ["sendFileByUrl", () => green.sendFileByUrl({ chatId: chat, file: { url: "https://example.com/a.pdf", fileName: "a.pdf" } }), hasId],
  ["sendInteractiveButtonsReply", () => green.sendInteractiveButtonsReply({ chatId: chat, body: text, buttons: reply }), hasId],
  ["getStateInstance", () => green.getStateInstance(), (answer) => answer.stateInstance === "authorized"],
  ["getSettings", () => green.getSettings(), (answer) => answer.incomingWebhook === "yes"],
  ["getChatHistory", () => green.getChatHistory({ chatId: chat, count: 2 }), (answer) => answer.length === 2],
  ["showMessagesQueue", () => green.showMessagesQueue(), (answer) => answer.length === 0],
  ["receiveNotification", () => green.receiveNotification(), (answer) => answer === null || answer === ""],
  ["checkWhatsapp", () => green.checkWhatsapp({ phoneNumber: 5511999999999 }), (answer) => answer.existsWhatsapp],
]) {
  if (typeof green[name] !== "function") continue;
  await call("@green-api/whatsapp-api-client-js-v2", name, ask, good);
}

const api = new WhatsAppAPI({ token, secure: false, v: "v23.0" });
const { Text, Interactive, Body, ActionButtons, Button, ActionList, ListSection, Row, Location, Reaction, Image, ActionCTA, Template, Language } = messages;
const isSent = (answer) => answer.messages?.[0]?.id.startsWith("wamid.");
const send = (message) => api.sendMessage(number, to, message);
for (const [name, ask] of [
  ["text", () => send(new Text(text))],
  ["buttons", () => send(new Interactive(new ActionButtons(new Button("1", "変更")), new Body(text)))],
  ["list", () => send(new Interactive(new ActionList("ver", new ListSection("s", new Row("1", "Café", "é"))), new Body(text)))],
  ["url", () => send(new Interactive(new ActionCTA("Abrir", "https://example.com"), new Body(text)))],
  ["location", () => send(new Location(1.5, 2.5, "Loja", "Rua"))],
  ["reaction", () => send(new Reaction("wamid.1", "👍"))],
  ["image", () => send(new Image("https://example.com/a.jpg", false, "é"))],
  ["template", () => send(new Template("hello_world", new Language("en_US")))],
]) {
  await call("whatsapp-api-js", name, ask, isSent);
}
await call("whatsapp-api-js", "markAsRead", () => api.markAsRead(number, "wamid.1"), (answer) => answer.success);

const bot = createBot(number, token);
const isTaken = (answer) => answer.messageId?.startsWith("wamid.");
for (const [name, ask] of [
  ["sendText", () => bot.sendText(to, text, { preview_url: true })],
  ["sendReplyButtons", () => bot.sendReplyButtons(to, text, { a: "はい", b: "לא" }, { header: { type: "text", text: "h" } })],
  ["sendList", () => bot.sendList(to, "ver", text, { s: [{ id: 1, title: "Café", description: "" }] })],
  ["sendTemplate", () => bot.sendTemplate(to, "hello_world", "en_US")],
  ["sendLocation", () => bot.sendLocation(to, 1.5, 2.5, { name: "Loja" })],
  ["sendImage", () => bot.sendImage(to, "https://example.com/a.jpg")],
]) {
  await call("whatsapp-cloud-api", name, ask, isTaken);
}

const kapso = new WhatsAppClient({ accessToken: token, baseUrl: base });
const of = { phoneNumberId: number, to };
for (const [name, ask] of [
  ["sendText", () => kapso.messages.sendText({ ...of, body: text })],
  ["sendInteractiveButtons", () => kapso.messages.sendInteractiveButtons({ ...of, bodyText: text, buttons: [{ id: "1", title: "変更" }] })],
  ["sendInteractiveList", () => kapso.messages.sendInteractiveList({ ...of, bodyText: text, buttonText: "ver", sections: [{ title: "s", rows: [{ id: "1", title: "Café" }] }] })],
  ["sendReaction", () => kapso.messages.sendReaction({ ...of, reaction: { messageId: "wamid.1", emoji: "👍" } })],
  ["sendTemplate", () => kapso.messages.sendTemplate({ ...of, template: { name: "hello_world", language: { code: "en_US" } } })],
]) {
  await call("@kapso/whatsapp-cloud-api", name, ask, isSent);
}
await call("@kapso/whatsapp-cloud-api", "markRead", () => kapso.messages.markRead({ phoneNumberId: number, messageId: "wamid.1" }), (answer) => answer.success);
await call("@kapso/whatsapp-cloud-api", "templates", () => kapso.templates.list({ businessAccountId: "102290129340398" }), (answer) => answer.data.length === 3);

// Chatwoot: the context is null where nothing is answered, and the action is a string of JSON.
const row = { id: "1", title: "Café", description: "" };
const reply1 = { type: "reply", reply: { id: "1", title: "変更" } };
for (const [name, body] of [
  ["text", { type: "text", text: { body: text } }],
  ["buttons", { type: "interactive", interactive: { type: "button", body: { text }, action: JSON.stringify({ buttons: [reply1] }) } }],
  ["list", { type: "interactive", interactive: { type: "list", body: { text }, action: JSON.stringify({ button: "ver", sections: [{ rows: [row] }] }) } }],
]) {
  const ask = () => away(`${base}/v13.0/${number}/messages`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ messaging_product: "whatsapp", context: null, to, ...body }),
  }).then((answer) => answer.json());
  await call("Chatwoot", name, ask, isSent);
}

console.log(`node: ${results.filter(Boolean).length} of ${results.length} calls`);
process.exit(results.every(Boolean) ? 0 : 1);
