//! Requests that are refused before any route sees them.
//!
//! Hyper itself answers a request line or a head that it cannot take (400, 414, 431), with an empty
//! body, and closes. [`Explained`] sits between hyper and the socket and puts a problem in that reply's
//! place, so that the client learns why; then it reads on for a moment, because closing a socket with
//! unread bytes would make the client's system throw the reply away.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hnh_domain::problem::{Problem, ProblemCode};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::problem;

/// How long bytes that nobody wants are still read after a refusal.
const LINGER: Duration = Duration::from_secs(2);

/// A connection whose automatic refusals carry problems.
pub(crate) struct Explained<Io> {
    io: Io,
    refusal: Option<Refused>,
}

struct Refused {
    reply: Vec<u8>,
    written: usize,
    closed: bool,
    linger: Option<Pin<Box<Sleep>>>,
}

impl<Io> Explained<Io> {
    pub(crate) fn new(io: Io) -> Self {
        Self { io, refusal: None }
    }

    fn notice(&mut self, head: &[u8]) {
        if self.refusal.is_none()
            && let Some(reply) = explanation(head)
        {
            self.refusal = Some(Refused { reply, written: 0, closed: false, linger: None });
        }
    }
}

/// The whole reply to send instead of hyper's, when this is one of those.
fn explanation(head: &[u8]) -> Option<Vec<u8>> {
    // Our own refusals have a body: only hyper's are empty.
    let head = head.strip_prefix(b"HTTP/1.1 4")?;
    let head = std::str::from_utf8(head).ok().filter(|head| head.contains("content-length: 0\r\n"))?;
    let problem = match head.get(..2)? {
        "00" => Problem::new(ProblemCode::InvalidInput).with_detail("the request is not HTTP as we understand it"),
        "14" => Problem::new(ProblemCode::UriTooLong),
        "31" => Problem::new(ProblemCode::TooLarge)
            .with_detail("the request's first line and headers together are too long: send less"),
        _ => return None,
    };
    let body = problem::body(&problem);
    let (status, reason) = match problem.code {
        ProblemCode::UriTooLong => (414, "URI Too Long"),
        ProblemCode::TooLarge => (413, "Content Too Large"),
        _ => (400, "Bad Request"),
    };
    let mut reply = format!(
        "HTTP/1.1 {status} {reason}\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    reply.extend_from_slice(&body);
    Some(reply)
}

impl<Io: AsyncRead + Unpin> AsyncRead for Explained<Io> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_read(cx, buf)
    }
}

impl<Io: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Explained<Io> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.notice(buf);
        let Some(refusal) = &mut this.refusal else {
            return Pin::new(&mut this.io).poll_write(cx, buf);
        };
        while refusal.written < refusal.reply.len() {
            let rest = &refusal.reply[refusal.written..];
            match ready!(Pin::new(&mut this.io).poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                n => refusal.written += n,
            }
        }
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let first = bufs.iter().find(|buf| !buf.is_empty()).map_or(&[][..], |buf| buf);
        self.notice(first);
        if self.refusal.is_some() {
            return self.poll_write(cx, first);
        }
        Pin::new(&mut self.get_mut().io).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let Some(refusal) = &mut this.refusal else {
            return Pin::new(&mut this.io).poll_shutdown(cx);
        };
        if !refusal.closed {
            ready!(Pin::new(&mut this.io).poll_shutdown(cx))?;
            refusal.closed = true;
        }
        let linger = refusal.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        let mut scratch = [0; 16 * 1024];
        while linger.as_mut().poll(cx).is_pending() {
            let mut unwanted = ReadBuf::new(&mut scratch);
            let read = ready!(Pin::new(&mut this.io).poll_read(cx, &mut unwanted));
            if read.is_err() || unwanted.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(head: &str) -> Option<String> {
        explanation(head.as_bytes()).map(|reply| String::from_utf8(reply).unwrap())
    }

    #[test]
    fn empty_refusals_get_a_problem() {
        let reply = replaced("HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n").unwrap();
        assert!(reply.starts_with("HTTP/1.1 413 "), "{reply}");
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        assert_eq!(serde_json::from_str::<Problem>(body).unwrap().code, ProblemCode::TooLarge);
    }

    #[test]
    fn replies_of_routes_pass_as_they_are() {
        assert_eq!(replaced("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"), None);
        assert_eq!(replaced("HTTP/1.1 414 URI Too Long\r\ncontent-length: 240\r\n\r\n{}"), None);
        assert_eq!(replaced("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"), None);
    }
}
