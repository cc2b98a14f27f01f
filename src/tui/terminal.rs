//! The terminal, taken over and given back: on leaving, on a panic, and around other programs.

use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};

/// A frame is written in one piece.
const BUFFER: usize = 64 * 1024;

/// Reports of presses, of the wheel and of motion with a button down: a mouse that only moves wakes nobody.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// Alt and Meta send Esc before the key, which is off in a stock xterm: there Alt+2 would type `²`
/// (<https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>, private modes 1036 and 1039). How they
/// were is saved before.
const ALT_ON: &str = "\x1b[?1036;1039s\x1b[?1036h\x1b[?1039h";
/// As they were; a terminal that has not saved them has them off, as they are by default.
const ALT_BACK: &str = "\x1b[?1036l\x1b[?1039l\x1b[?1036;1039r";

/// Keys that were one byte are told apart where the terminal has kitty's keyboard protocol: Ctrl+Enter,
/// Shift+Enter, Ctrl+I (<https://sw.kovidgoyal.net/kitty/keyboard-protocol/>, "Disambiguate escape codes").
/// It is pushed on the alternate screen's own stack; another terminal ignores it, so nobody is asked.
const KEYS_ON: &str = "\x1b[>1u";
/// As they were.
const KEYS_BACK: &str = "\x1b[<1u";

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What is drawn on.
pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Takes the terminal over, its mouse too where that is wanted.
///
/// # Errors
/// When it does not let itself be.
pub fn enter(mouse: bool) -> io::Result<Screen> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        Print(ALT_ON),
        Print(KEYS_ON),
        Print(if mouse { MOUSE_ON } else { "" })
    )?;
    let backend = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, stdout()));
    // A change of size is an event: the terminal is not asked for it with every frame.
    let viewport = Viewport::Fixed(area(size()?));
    Terminal::with_options(backend, TerminalOptions { viewport })
}

/// How large the terminal is.
///
/// # Errors
/// When it does not tell.
pub fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}

/// The whole of a terminal.
pub fn area(size: Size) -> Rect {
    Rect::from((Position::ORIGIN, size))
}

/// Gives the terminal back; does nothing when it was given back already. A terminal that is gone
/// takes nothing, which is no reason to fail.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        let _ = queue!(
            out,
            DisableMouseCapture,
            DisableBracketedPaste,
            Print(ALT_BACK),
            Print(KEYS_BACK),
            LeaveAlternateScreen,
            Show
        );
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// Whether the terminal is ours now.
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Gives the terminal back before a panic is reported, so that it can be read.
pub fn give_back_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        report(panic);
    }));
}

/// Gives the terminal back when it goes out of scope.
#[derive(Debug)]
pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}
