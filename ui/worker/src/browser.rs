//! What a browser's worker gives the core.

use std::time::Duration;

use hnh_client::{Body, Host, HostEvent, Request, interpret};
use hnh_domain::problem::{Problem, ProblemCode};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response, WorkerGlobalScope};

use crate::socket::BrowserSocket;

/// The worker.
pub(crate) struct Browser {
    server: String,
    keeps: bool,
    changed: js_sys::Function,
}

impl Browser {
    /// Talks to `server`, such as `https://hnh.example`, without a slash at the end. `changed` is called with topics.
    pub(crate) fn new(server: String, keeps: bool, changed: js_sys::Function) -> Self {
        Self { server, keeps, changed }
    }
}

fn worker() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Done after `wait`.
async fn sleep(wait: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let wait_ms = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
        // A worker that sets no timers any more is being closed.
        let _ = worker().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait_ms);
    });
    let _ = JsFuture::from(promise).await;
}

impl Host for Browser {
    const COOKIES: bool = true;

    type Socket = BrowserSocket;

    fn now_ms(&self) -> i64 {
        js_sys::Date::now() as i64
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        // Every browser that has workers and WebAssembly has it; without, ids are as unique as the clock.
        if let Ok(crypto) = worker().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        bytes
    }

    async fn sleep(&self, wait: Duration) {
        sleep(wait).await;
    }

    fn emit(&self, HostEvent::Changed(topic): HostEvent) {
        // The listener is ours and only posts a message; it has nothing to refuse.
        let _ = self.changed.call1(&JsValue::NULL, &topic.code().into());
    }

    fn keeps(&self) -> bool {
        self.keeps
    }

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let options = RequestInit::new();
        options.set_method(request.method.name());
        // Older browsers have no signal that ends by itself.
        let limit = AbortController::new().map_err(offline)?;
        options.set_signal(Some(&limit.signal()));
        let abort = Closure::once_into_js(move || limit.abort());
        let wait_ms = request.limit().as_millis() as i32;
        let timer = worker()
            .set_timeout_with_callback_and_timeout_and_arguments_0(abort.unchecked_ref(), wait_ms)
            .map_err(offline)?;
        if let Some(body) = request.body {
            let headers = Headers::new().map_err(offline)?;
            headers.set("content-type", body.content_type()).map_err(offline)?;
            options.set_headers(&headers);
            options.set_body(&match body {
                Body::Json(text) => text.into(),
                Body::File(bytes) => js_sys::Uint8Array::from(bytes.as_slice()).into(),
            });
        }
        let address = format!("{}/api/v1{}", self.server, request.path);
        let fetched = async {
            let reply = JsFuture::from(worker().fetch_with_str_and_init(&address, &options)).await?;
            let reply: Response = reply.unchecked_into();
            let body = JsFuture::from(reply.text()?).await?;
            Ok((reply.status(), body.as_string().unwrap_or_default()))
        };
        let fetched: Result<(u16, String), JsValue> = fetched.await;
        worker().clear_timeout_with_handle(timer);
        let (status, body) = fetched.map_err(offline)?;
        interpret(status, body)
    }

    async fn connect(&self, _token: Option<String>) -> Result<BrowserSocket, Problem> {
        BrowserSocket::open(&format!("{}/api/v1/live", self.server.replacen("http", "ws", 1))).await
    }
}
