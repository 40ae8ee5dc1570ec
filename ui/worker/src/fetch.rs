//! The browser's way to the server.

use hnh_client::{TIME_LIMIT, Transport, interpret};
use hnh_domain::problem::{Problem, ProblemCode};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response, WorkerGlobalScope};

/// `fetch`, as the worker has it.
pub(crate) struct Fetch {
    server: String,
}

impl Fetch {
    /// Talks to `server`, such as `https://hnh.example`, without a slash at the end.
    pub(crate) fn new(server: String) -> Self {
        Self { server }
    }
}

impl Transport for Fetch {
    async fn get(&self, request: &str) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let worker: WorkerGlobalScope = js_sys::global().unchecked_into();
        let options = RequestInit::new();
        options.set_signal(Some(&AbortSignal::timeout_with_u32(TIME_LIMIT.as_millis() as u32)));
        let address = format!("{}/api/v1{request}", self.server);
        let reply = JsFuture::from(worker.fetch_with_str_and_init(&address, &options)).await.map_err(offline)?;
        let reply: Response = reply.unchecked_into();
        let body = JsFuture::from(reply.text().map_err(offline)?).await.map_err(offline)?;
        interpret(reply.status(), body.as_string().unwrap_or_default())
    }
}
