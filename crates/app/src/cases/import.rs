//! 导入: what the import engine planned becomes one commit.
use crate::cx::Cx;
use crate::dto::import::{ImportFile, ImportInspection, ImportPreview, ImportRequest, ImportResult};
use crate::error::Answer;
use crate::ErrorDto;

pub(crate) fn inspect(_cx: &Cx<'_>, _input: ImportFile) -> Answer<ImportInspection> { Err(ErrorDto::new("internal")) }
pub(crate) fn preview(_cx: &Cx<'_>, _input: ImportRequest) -> Answer<ImportPreview> { Err(ErrorDto::new("internal")) }
pub(crate) fn commit(_cx: &Cx<'_>, _input: ImportRequest) -> Answer<ImportResult> { Err(ErrorDto::new("internal")) }
