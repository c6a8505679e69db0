//! A figure: several runs, their median, and the target.

/// Runs of each measurement.
pub(crate) const RUNS: usize = 5;

/// What a figure should not be above.
pub(crate) struct Target(Option<f64>);

impl From<u32> for Target {
    fn from(whole: u32) -> Self {
        Self(Some(whole.into()))
    }
}

impl From<f64> for Target {
    fn from(part: f64) -> Self {
        Self(Some(part))
    }
}

impl From<Option<u32>> for Target {
    fn from(maybe: Option<u32>) -> Self {
        Self(maybe.map(Into::into))
    }
}

/// Prints a figure as one JSON line. One that only explains another has no target.
pub(crate) fn print(bench: &str, metric: &str, mut values: Vec<f64>, target: impl Into<Target>) {
    values.sort_by(f64::total_cmp);
    let (Some(min), Some(max)) = (values.first(), values.last()) else { return };
    let median = (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0;
    let (median, min, max) = (number(median), number(*min), number(*max));
    let n = values.len();
    let target = target.into().0.map_or_else(|| "null".to_owned(), number);
    println!(
        r#"{{"bench":"{bench}","metric":"{metric}","median":{median},"min":{min},"max":{max},"n":{n},"target":{target}}}"#
    );
}

/// Whole numbers from 100 on, two decimals below.
fn number(value: f64) -> String {
    if value >= 100.0 || value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// The value below which `part` of the values lie.
pub(crate) fn percentile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let at = (part * values.len() as f64).ceil() as usize;
    values.get(at.saturating_sub(1).min(last)).copied().unwrap_or_default()
}

/// A line of `/proc/PID/status` in MiB, such as `VmHWM`.
pub(crate) fn memory(process: u32, line: &str) -> Result<f64, String> {
    let path = format!("/proc/{process}/status");
    let status = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let kilobytes = found.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map(|kilobytes| kilobytes / 1024.0).ok_or_else(|| format!("{path} has no {line}"))
}

/// Milliseconds since then.
pub(crate) fn since(then: std::time::Instant) -> f64 {
    then.elapsed().as_secs_f64() * 1000.0
}
