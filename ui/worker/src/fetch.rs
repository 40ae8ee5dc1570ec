//! The browser's way to the server.

use hnh_client::{Request, TIME_LIMIT, Transport, interpret};
use hnh_domain::problem::{Problem, ProblemCode};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response, WorkerGlobalScope};

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
    const COOKIES: bool = true;

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let worker: WorkerGlobalScope = js_sys::global().unchecked_into();
        let options = RequestInit::new();
        options.set_method(request.method.name());
        options.set_signal(Some(&AbortSignal::timeout_with_u32(TIME_LIMIT.as_millis() as u32)));
        if let Some(body) = request.body {
            let headers = Headers::new().map_err(offline)?;
            headers.set("content-type", "application/json").map_err(offline)?;
            options.set_headers(&headers);
            options.set_body(&body.into());
        }
        let address = format!("{}/api/v1{}", self.server, request.path);
        let reply = JsFuture::from(worker.fetch_with_str_and_init(&address, &options)).await.map_err(offline)?;
        let reply: Response = reply.unchecked_into();
        let body = JsFuture::from(reply.text().map_err(offline)?).await.map_err(offline)?;
        interpret(reply.status(), body.as_string().unwrap_or_default())
    }
}
