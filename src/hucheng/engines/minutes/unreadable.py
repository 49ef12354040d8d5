"""The refusal of files that hold no text that can be used."""

from hucheng.engines.words.bilingual import Bilingual

PASTE = Bilingual(
    "请另存为 .docx 或 .txt 再上传，或直接粘贴文字。", "Save it as .docx or .txt and send it again, or paste the text."
)
AGAIN = Bilingual("请重新下载或导出文件后再试。", "Download or export the file again and retry.")


class DocumentUnreadable(Exception):
    """The file holds no text that can be used: `why` says what is wrong, `do` what to do."""

    def __init__(self, why: Bilingual, do: Bilingual) -> None:
        super().__init__(why.en)
        self.why = why
        self.do = do
