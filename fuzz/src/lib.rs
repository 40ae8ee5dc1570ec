//! What the targets share.

use std::time::Duration;

use cpu_time::ThreadTime;

/// The longest that one input may take.
const LIMIT: Duration = Duration::from_millis(100);

/// Does the work.
///
/// # Panics
/// When it took longer than 100 ms of the thread's time; what else the machine does is not counted.
pub fn quick<T>(work: impl FnOnce() -> T) -> T {
    let began = ThreadTime::now();
    let done = work();
    let took = began.elapsed();
    assert!(took <= LIMIT, "a slow input: {} ms", took.as_millis());
    done
}
