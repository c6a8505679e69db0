//! The page that goes to a village: what to do, the ticket to photograph and to type, and whom to call.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::ErrorDto;
use crate::dto::sync::Ticket;
use crate::error::Answer;

/// What a page says of one village.
pub(super) struct Page {
    pub(super) village: String,
    pub(super) contact: String,
    pub(super) ticket: Ticket,
}

const STYLE: &str = "@page{size:A4;margin:18mm}body{margin:0;color:#000;background:#fff;font:16px/1.7 'Noto Sans CJK SC',\
'Microsoft YaHei','PingFang SC',SimSun,sans-serif}section{break-after:page;max-width:174mm;margin:0 auto;padding:4mm 0}\
h1{font-size:26px;margin:0 0 4mm}svg{width:78mm;height:78mm;display:block;margin:4mm auto}ol{margin:0;padding-left:1.6em}\
li{margin:1.5mm 0}.text{font:13px/1.5 ui-monospace,Consolas,monospace;word-break:break-all;border:1px solid #000;\
padding:3mm;margin:4mm 0}.line{border-top:1px solid #000;padding-top:3mm;margin-top:4mm}\
@media screen{section{padding:10mm;border-bottom:1px dashed #999}}";

/// A document of these bodies. It asks nothing of any network.
pub(super) fn whole(title: &str, bodies: &str) -> String {
    format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{} 邀请</title><style>{STYLE}</style></head>\
         <body>{bodies}</body></html>\n",
        escaped(title)
    )
}

/// One page.
pub(super) fn body(page: &Page, office: &str, phone: &str) -> Answer<String> {
    let (village, office) = (escaped(&page.village), escaped(office));
    let phone = if phone.is_empty() { "________________".to_owned() } else { escaped(phone) };
    let contact =
        if page.contact.is_empty() { String::new() } else { format!("<p>联系人:{}</p>", escaped(&page.contact)) };
    // Groups are easier to type; spaces in a ticket do not matter.
    let text: Vec<char> = page.ticket.text.chars().collect();
    let text: Vec<String> = text.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(format!(
        "<section><h1>{office} 邀请 {village} 加入一本账</h1>{contact}\
         <p>这张邀请只给 {village} 用,<b>{} 前有效,只能用一次</b>。请像钥匙一样保管,不要转发。</p>\
         {}\
         <ol><li>在村里的电脑上打开“一本账”,点“用邀请加入”。</li>\
         <li>选随附的邀请文件(.txt),或把下面这段文字照着填进去;也可以用手机扫码,把文字传到电脑上。</li>\
         <li><b>能上网:</b>点“加入”,屏幕上会出现六位数字。</li>\
         <li><b>不能上网:</b>点“没有网络:用U盘”,把申请文件存到U盘,送到 {office};屏幕上会出现十五位数字。</li>\
         <li>打电话 <b>{phone}</b>,把数字念给对方听。两边一样,对方才会同意。</li>\
         <li>用U盘的:把对方给的证书文件带回来,点“读入证书文件”。</li></ol>\
         <p class=\"text\">{}</p>\
         <p class=\"line\">核对数字请拨:{phone} · 有效期至 {}</p></section>\n",
        escaped(&page.ticket.expires_on),
        qr(&page.ticket.text)?,
        text.join(" "),
        escaped(&page.ticket.expires_on),
    ))
}

/// The text as a picture that a telephone reads from paper.
fn qr(text: &str) -> Answer<String> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .map_err(|error| ErrorDto::internal("qr", &error))?;
    let picture = code.render::<svg::Color<'_>>().quiet_zone(true).build();
    // The picture stands inside a page, not in a file of its own.
    let start = picture.find("<svg").unwrap_or_default();
    Ok(picture.get(start..).unwrap_or_default().to_owned())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
