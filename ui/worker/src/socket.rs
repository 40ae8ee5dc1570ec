//! The browser's WebSocket as the core wants it.

use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_channel::oneshot;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use hnh_client::Socket;
use hnh_domain::problem::{Problem, ProblemCode};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, WebSocket};

/// An open socket; dropping it closes it.
pub(crate) struct BrowserSocket {
    socket: WebSocket,
    heard: UnboundedReceiver<String>,
    // The browser calls them as long as the socket is open.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_end: Closure<dyn FnMut()>,
}

impl BrowserSocket {
    /// Opens a socket.
    pub(crate) async fn open(address: &str) -> Result<Self, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let socket = WebSocket::new(address).map_err(offline)?;
        let (say, heard) = unbounded();
        let (opened, is_open) = oneshot::channel();
        let say = Rc::new(say);
        let to_say = Rc::clone(&say);
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                // Nobody listens any more once the socket was dropped.
                let _ = to_say.unbounded_send(text);
            }
        });
        let on_end = Closure::new(move || say.close_channel());
        let on_open = Closure::once(move || {
            // Whoever opens the socket may have given up.
            let _ = opened.send(());
        });
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_end.as_ref().unchecked_ref()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        let mut opening = Self { socket, heard, _on_message: on_message, _on_end: on_end };
        // A socket that does not open closes, which ends what is heard.
        let is_open = matches!(select(is_open, opening.heard.next()).await, Either::Left((Ok(()), _)));
        opening.socket.set_onopen(None);
        if is_open { Ok(opening) } else { Err(Problem::new(ProblemCode::Offline)) }
    }
}

impl Socket for BrowserSocket {
    fn send(&mut self, text: String) {
        let _ = self.socket.send_with_str(&text);
    }

    async fn next(&mut self) -> Option<String> {
        self.heard.next().await
    }
}

impl Drop for BrowserSocket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}
