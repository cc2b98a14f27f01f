//! What the user can mean: every action once, with its name and its words.
//!
//! The keymap, the palette, the help and the footer are made from [`Action::ALL`]; `assets/keymap.toml`
//! gives the keys.

/// Where an action's keys count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Everywhere in the composer.
    Anywhere,
    /// Only on an item that is not being edited, or on the list's heading: the keys mean something
    /// else inside a text.
    Item,
    /// Only inside a text.
    Text,
    /// Neither inside a text nor on an item.
    Elsewhere,
    /// In the list of drafts.
    Drafts,
    /// In the history.
    History,
}

impl Context {
    /// Whether an action of this context is meant at a place, which is a text, an item or elsewhere.
    pub fn covers(self, place: Self) -> bool {
        match self {
            Self::Anywhere => true,
            _ => self == place,
        }
    }
}

macro_rules! actions {
    ($( $variant:ident, $name:literal, $title:literal, $context:ident, $words:literal; )*) => {
        /// What the user can mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $( #[doc = $words] $variant, )* }

        impl Action {
            /// Every action, in the order of help and palette.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The name in the keymap: `next-field`.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// A word or two, for the footer.
            pub const fn title(self) -> &'static str {
                match self { $( Self::$variant => $title, )* }
            }

            /// A sentence, for the help and the palette.
            pub const fn words(self) -> &'static str {
                match self { $( Self::$variant => $words, )* }
            }

            /// Where its keys count.
            pub const fn context(self) -> Context {
                match self { $( Self::$variant => Context::$context, )* }
            }
        }
    };
}

actions! {
    Send, "send", "send", Anywhere, "Send the message, after one question";
    SendNext, "send-next", "send, next", Anywhere, "Send the message at once, and begin the next one of its kind";
    Close, "close", "close", Anywhere, "Close a dialog, cancel a send or stop waiting for it, or go back";
    Palette, "palette", "commands", Anywhere, "Find a command by name";
    Help, "help", "help", Anywhere, "Show the keys and what they do";
    Quit, "quit", "quit", Anywhere, "Leave the composer";
    Suspend, "suspend", "suspend", Anywhere, "Suspend to the shell (fg brings the composer back)";

    NextField, "next-field", "next field", Anywhere, "Go to the next field";
    PreviousField, "previous-field", "previous field", Anywhere, "Go to the previous field";
    OtherSide, "other-side", "other side", Anywhere, "Go between the form and the right-hand side";
    Compose, "compose", "compose", Anywhere, "Go to the form";
    Preview, "preview", "preview", Anywhere, "Show what the recipient sees";
    Payload, "payload", "payload", Anywhere, "Show the exact request";
    Problems, "problems", "problems", Anywhere, "Show what is wrong, and go there";
    Response, "response", "response", Anywhere, "Show what the gateway answered";
    Gateways, "gateways", "gateways", Anywhere, "Show what each gateway would make of the message";
    Compare, "compare", "compare", Anywhere, "Choose a gateway, to compare its request with this one";
    ScrollUp, "scroll-up", "scroll up", Anywhere, "Scroll the right-hand side up";
    ScrollDown, "scroll-down", "scroll down", Anywhere, "Scroll the right-hand side down";
    Find, "find", "find", Anywhere, "Find in the message, or on the right-hand side; again, the next place";
    NextProblem, "next-problem", "next problem", Anywhere, "Go to the next field with a problem";
    RawAnswer, "raw-answer", "raw answer", Anywhere, "Show answers as they came, or laid out for reading";
    Platform, "platform", "platform", Anywhere, "Preview for the next platform: Android, iOS, web, desktop";

    New, "new", "new", Anywhere, "Start a new message, a text";
    Open, "open", "open", Anywhere, "Open a message file";
    History, "history", "history", Anywhere, "Show what was sent, and what became of it";
    Mark, "mark", "mark", History, "Mark this message; two marked ones are compared";
    SendAgain, "send-again", "as a new draft", History, "Compose this message again, as a new draft";
    Resolve, "resolve", "set outcome", History, "Say what became of a message whose outcome is unknown";
    AskState, "ask-state", "status", Anywhere, "Ask the gateway for its status";
    Queue, "queue", "queue", Anywhere, "Show what waits for the phone in GREEN-API's queue";
    ClearQueue, "clear-queue", "clear the queue", Anywhere, "Throw away what waits in GREEN-API's queue, after one question";
    Drafts, "drafts", "drafts", Anywhere, "Show the drafts that are kept, and open one";
    Import, "import", "import from paste", Anywhere, "Import a gateway's JSON or the command that sends it, pasted";
    Save, "save", "save", Anywhere, "Save the message file";
    SaveAs, "save-as", "save as", Anywhere, "Save the message under another name";
    Rename, "rename", "rename", Drafts, "Give this draft a name";
    DuplicateDraft, "duplicate-draft", "duplicate", Drafts, "Make another draft of the same content";
    DeleteDraft, "delete-draft", "delete", Drafts, "Delete this draft; undo brings it back";
    Undo, "undo", "undo", Anywhere, "Undo the last change of this message, wherever it was";
    Redo, "redo", "redo", Anywhere, "Redo what was undone last";
    Editor, "editor", "editor", Text, "Edit this field in $VISUAL or $EDITOR";
    SelectAll, "select-all", "select all", Text, "Select all of this field";
    Copy, "copy", "copy", Text, "Copy the selection";
    Cut, "cut", "cut", Text, "Cut the selection";
    Paste, "paste", "paste", Text, "Paste what was copied or cut here";
    Bold, "bold", "bold", Text, "Bold on or off, for the selection or the word";
    Italic, "italic", "italic", Text, "Italic on or off, for the selection or the word";
    Strike, "strike", "strike", Text, "Strike out on or off, for the selection or the word";
    Code, "code", "code", Text, "Code on or off, for the selection or the word";
    Emoji, "emoji", "emoji", Anywhere, "Insert an emoji, found by its name";

    Kind, "kind", "kind", Anywhere, "Go to the choice of kind";
    KindText, "kind-text", "text", Anywhere, "Make it a text message";
    KindButtons, "kind-buttons", "buttons", Anywhere, "Make it a buttons message";
    KindCatalog, "kind-catalog", "catalog", Anywhere, "Make it a catalog: sections of products";
    KindList, "kind-list", "list", Anywhere, "Make it a list: sections of rows to pick from";
    KindTemplate, "kind-template", "template", Anywhere, "Make it a template that Meta has approved, with values";
    KindPoll, "kind-poll", "poll", Anywhere, "Make it a poll: a question with options to vote for";
    KindButtonReply, "kind-button-reply", "button reply", Anywhere, "Make it a button reply: an answer to a buttons message";
    KindListReply, "kind-list-reply", "list reply", Anywhere, "Make it a list reply: an answer to a list";
    AddItem, "add-item", "add", Item, "Add a button, option, section, product or row below this one";
    AddEntry, "add-entry", "add inside", Anywhere, "Add a product or row to this section";
    RemoveItem, "remove-item", "remove", Item, "Remove this button, option, section, product or row";
    MoveUp, "move-up", "move up", Anywhere, "Move this button, option, section, product or row up";
    MoveDown, "move-down", "move down", Anywhere, "Move this button, option, section, product or row down";
    Fold, "fold", "fold", Anywhere, "Fold or unfold this section";
    FoldAll, "fold-all", "fold all", Anywhere, "Fold all sections, or unfold them";
    Ids, "ids", "ids", Anywhere, "Go to the ids of buttons and rows, and have Tab stop at them or not";
    Options, "options", "options", Anywhere, "Show or hide quote, delay and typing time";
    Pick, "pick", "pick", Anywhere, "Pick the button or row that a reply answers with";
    Quote, "quote", "quote", Anywhere, "Quote a message that was sent: found in the history, or the one that is marked there";
    Fill, "fill", "fill in", Anywhere, "Fill in the variables of this message";
    Picture, "picture", "picture", Anywhere, "Choose a picture for the catalog; in its field, what opens a file does so too";
    Duplicate, "duplicate", "as numbered text", Anywhere, "Turn the buttons or the list into numbered text";

    LastSent, "last-sent", "last answers", Anywhere, "Show the answers of the messages that were sent last";
    SendInteractive, "send-interactive", "send by the interactive method", Anywhere, "Send what was refused by GREEN-API's interactive method";
    SendNumbered, "send-numbered", "send as numbered text", Anywhere, "Send what was refused as numbered text";
    CopyId, "copy-id", "copy id", Anywhere, "Copy the message id that the gateway answered with";
    CopyCurl, "copy-curl", "copy as curl", Anywhere, "Copy the request as a curl command, the token masked";
}

impl Action {
    /// The action of a name in the keymap.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }
}
