"""GREEN-API's own client, pywa and heyoo, each call a line."""

import os
import sys

import httpx
import requests
from heyoo import WhatsApp as Heyoo
from pywa import WhatsApp, types
from whatsapp_api_client_python import API

BASE = os.environ["BASE_URL"]
TOKEN = os.environ["TOKEN"]
NUMBER = os.environ["PHONE_NUMBER_ID"]
WABA = "102290129340398"
TO = "5511999999999"
CHAT = f"{TO}@c.us"
TEXT = "Olá 日本 👩‍👩‍👧 שלום"
META = "https://graph.facebook.com"

results = []


def call(client, name, function, good):
    try:
        answer = function()
        is_good = good(answer)
    except Exception as error:  # a client that fails on an answer is what is looked for
        answer, is_good = repr(error), False
    results.append(is_good)
    if not is_good:
        print(f"FAILED {client} {name}: {answer}")


# GREEN-API
green = API.GreenApi(os.environ["ID_INSTANCE"], TOKEN, host=BASE)
sending, account = green.sending, green.account
BUTTONS = [{"buttonId": "1", "buttonText": "はい"}, {"buttonId": "2", "buttonText": "לא"}]
ACTIONS = [
    {"type": "copy", "buttonId": "1", "buttonText": "Copiar", "copyCode": "3333"},
    {"type": "call", "buttonId": "2", "buttonText": "Ligar", "phoneNumber": "79123456789"},
    {"type": "url", "buttonId": "3", "buttonText": "Abrir", "url": "https://example.com"},
]
OPTIONS = [{"optionName": "青"}, {"optionName": "赤"}]
has_id = lambda answer: answer.code == 200 and bool(answer.data["idMessage"])
is_ok = lambda answer: answer.code == 200
is_off = lambda answer: answer.code == 403
for name, function, good in [
    ("sendMessage", lambda: sending.sendMessage(CHAT, TEXT), has_id),
    ("sendMessage quoting", lambda: sending.sendMessage(CHAT, TEXT, "3EB0"), has_id),
    ("sendMessage to a group", lambda: sending.sendMessage("120363039000000000@g.us", TEXT), has_id),
    ("sendInteractiveButtonsReply", lambda: sending.sendInteractiveButtonsReply(CHAT, TEXT, BUTTONS), has_id),
    ("sendInteractiveButtons", lambda: sending.sendInteractiveButtons(CHAT, TEXT, ACTIONS), has_id),
    ("sendPoll", lambda: sending.sendPoll(CHAT, TEXT, OPTIONS), has_id),
    ("sendLocation", lambda: sending.sendLocation(CHAT, -23.5, -46.6, "Loja", "Rua"), has_id),
    ("sendContact", lambda: sending.sendContact(CHAT, {"phoneContact": 5511999999999, "firstName": "Ana"}), has_id),
    ("sendFileByUrl", lambda: sending.sendFileByUrl(CHAT, "https://example.com/a.pdf", "a.pdf", "é"), has_id),
    ("sendButtons", lambda: sending.sendButtons(CHAT, TEXT, "WUTS", BUTTONS), is_off),
    ("sendTemplateButtons", lambda: sending.sendTemplateButtons(CHAT, TEXT, []), is_off),
    ("sendListMessage", lambda: sending.sendListMessage(CHAT, TEXT, "ver", []), is_off),
    ("getStateInstance", account.getStateInstance, lambda a: a.data["stateInstance"] == "authorized"),
    ("getSettings", account.getSettings, lambda a: a.data["incomingWebhook"] == "yes"),
    ("setSettings", lambda: account.setSettings({"incomingWebhook": "yes"}), lambda a: a.data["saveSettings"]),
    ("showMessagesQueue", green.queues.showMessagesQueue, lambda a: a.data == []),
    ("clearMessagesQueue", green.queues.clearMessagesQueue, lambda a: a.data["isCleared"]),
    ("getMessagesCount", green.queues.getMessagesCount, lambda a: a.data["count"] == 0),
    ("getWebhooksCount", green.queues.getWebhooksCount, lambda a: a.data["count"] == 0),
    ("getChatHistory", lambda: green.journals.getChatHistory(CHAT, 3), lambda a: len(a.data) == 3),
    ("lastOutgoingMessages", green.journals.lastOutgoingMessages, lambda a: len(a.data) >= 3),
    ("lastIncomingMessages", green.journals.lastIncomingMessages, lambda a: a.data == []),
    ("getContacts", green.serviceMethods.getContacts, lambda a: a.data == []),
    ("getChats", green.serviceMethods.getChats, lambda a: a.data == []),
    ("checkWhatsapp", lambda: green.serviceMethods.checkWhatsapp(5511999999999), lambda a: a.data["existsWhatsapp"]),
    ("sendTyping", lambda: green.serviceMethods.sendTyping(CHAT, 1000), is_ok),
    ("readChat", lambda: green.marking.readChat(CHAT), lambda a: a.data["setRead"]),
    ("receiveNotification", green.receiving.receiveNotification, lambda a: a.code == 200 and not a.data),
]:
    call("whatsapp-api-client-python", name, function, good)
first = green.journals.getChatHistory(CHAT, 1).data[0]["idMessage"]
call("whatsapp-api-client-python", "getMessage", lambda: green.journals.getMessage(CHAT, first), is_ok)
other = API.GreenApi(os.environ["ID_INSTANCE"], "wrong", host=BASE)
call("whatsapp-api-client-python", "wrong token", other.account.getSettings, lambda a: a.code == 401)


# pywa
class ToSandbox(httpx.HTTPTransport):
    def handle_request(self, request):
        request.url = httpx.URL(str(request.url).replace(META, BASE))
        request.headers["Host"] = request.url.netloc.decode()
        return super().handle_request(request)


wa = WhatsApp(NUMBER, TOKEN, session=httpx.Client(transport=ToSandbox()), waba_id=WABA)
is_sent = lambda answer: str(getattr(answer, "id", answer)).startswith("wamid.")
BUTTON = types.Button("Sim 日", callback_data="yes")
ROWS = [types.SectionRow("Café", "coffee"), types.SectionRow("茶", "tea", "黒か緑")]
LIST = types.SectionList("Menu", [types.Section("Bebidas", ROWS)])
for name, function, good in [
    ("send_message", lambda: wa.send_message(TO, TEXT), is_sent),
    ("send_message replying", lambda: wa.send_message(TO, TEXT, reply_to_message_id="wamid.1"), is_sent),
    ("buttons", lambda: wa.send_message(TO, TEXT, header="h", footer="f", buttons=[BUTTON]), is_sent),
    ("url button", lambda: wa.send_message(TO, TEXT, buttons=types.URLButton("Abrir", "https://example.com")), is_sent),
    ("list", lambda: wa.send_message(TO, TEXT, buttons=LIST), is_sent),
    ("send_catalog", lambda: wa.send_catalog(TO, TEXT, footer="f"), is_sent),
    ("send_product", lambda: wa.send_product(TO, catalog_id="1", sku="SKU-1", body=TEXT), is_sent),
    ("send_products", lambda: wa.send_products(
        TO, catalog_id="1", title="t", body=TEXT,
        product_sections=[types.ProductsSection("Camisetas", ["SKU-1", "SKU-2"])]), is_sent),
    ("send_image", lambda: wa.send_image(TO, "https://example.com/a.jpg", caption=TEXT), is_sent),
    ("send_location", lambda: wa.send_location(TO, -23.5, -46.6, "Loja", "Rua"), is_sent),
    ("request_location", lambda: wa.request_location(TO, TEXT), is_sent),
    ("send_reaction", lambda: wa.send_reaction(TO, "👍", "wamid.1"), is_sent),
    ("remove_reaction", lambda: wa.remove_reaction(TO, "wamid.1"), is_sent),
    ("mark_message_as_read", lambda: wa.mark_message_as_read("wamid.1"), bool),
    ("get_business_profile", wa.get_business_profile, lambda a: a is not None),
    ("get_business_phone_number", wa.get_business_phone_number, lambda a: a.id == NUMBER),
    ("get_templates", lambda: list(wa.get_templates()), lambda a: len(a) == 3),
]:
    call("pywa", name, function, good)


def too_long():
    try:
        return wa.send_message(TO, "x" * 4097)
    except Exception as error:
        return error


call("pywa", "too long", too_long, lambda error: getattr(error, "code", 0) == 131009)

# heyoo
heyoo = Heyoo(TOKEN, NUMBER)
send = requests.Session.request


def to_sandbox(self, method, url, *args, **more):
    return send(self, method, url.replace(META, BASE), *args, **more)


requests.Session.request = to_sandbox
has_wamid = lambda answer: answer["messages"][0]["id"].startswith("wamid.")
REPLY = {"type": "button", "body": {"text": TEXT}, "action": {"buttons": [
    {"type": "reply", "reply": {"id": "b1", "title": "変更"}}]}}
ROW = {"id": "r1", "title": "Café", "description": ""}
MENU = {"header": "h", "body": TEXT, "footer": "f", "action": {
    "button": "ver", "sections": [{"title": "s", "rows": [ROW]}]}}
for name, function, good in [
    ("send_message", lambda: heyoo.send_message(TEXT, TO), has_wamid),
    ("reply_to_message", lambda: heyoo.reply_to_message("wamid.1", TO, TEXT), has_wamid),
    ("send_reply_button", lambda: heyoo.send_reply_button({"recipient_type": "individual", **REPLY}, TO), has_wamid),
    ("send_button", lambda: heyoo.send_button(MENU, TO), has_wamid),
    ("send_template", lambda: heyoo.send_template("hello_world", TO, [], "en_US"), has_wamid),
    ("send_image", lambda: heyoo.send_image("https://example.com/a.jpg", TO, caption="é"), has_wamid),
    ("send_location", lambda: heyoo.send_location(-23.5, -46.6, "Loja", "Rua", TO), has_wamid),
    ("send_reaction", lambda: heyoo.send_reaction("👍", "wamid.1", TO), has_wamid),
    ("mark_as_read", lambda: heyoo.mark_as_read("wamid.1"), lambda a: a["success"]),
]:
    call("heyoo", name, function, good)

print(f"python: {sum(results)} of {len(results)} calls")
sys.exit(0 if all(results) else 1)
