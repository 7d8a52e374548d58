//! Shows on a terminal that a long run is still at work; elsewhere it says nothing.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a run may take before anybody wonders.
const PATIENCE: Duration = Duration::from_millis(700);

/// How often the time is told anew.
const BEAT: Duration = Duration::from_millis(250);

/// How a shell tells that a program was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// A line on standard error that is there as long as this is.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait; the line comes when the run takes longer than usual.
    pub(super) fn start(what: &'static str) -> Progress {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if dumb || !io::stderr().is_terminal() {
            return Progress { running: None };
        }
        // Stopped by who waits, it leaves no line behind. Where another handler stands already, that one has the say.
        let _ = ctrlc::set_handler(|| {
            // Whoever would write the line once more waits until the program has ended.
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\u{1b}[K");
            std::process::exit(INTERRUPTED);
        });
        let (done, wait) = channel();
        let started = Instant::now();
        let show = move || {
            let mut pause = PATIENCE;
            while wait.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                // A terminal that is gone needs no progress.
                let _ = write!(io::stderr(), "\r{what}, {} s", started.elapsed().as_secs());
                pause = BEAT;
            }
            if started.elapsed() > PATIENCE {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
            }
        };
        Progress { running: Some((done, std::thread::spawn(show))) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, shown)) = self.running.take() {
            drop(done);
            // The line is taken away before anything else is written.
            let _ = shown.join();
        }
    }
}
