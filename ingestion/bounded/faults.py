"""What the reading process says about a file that it does not read: a sentence without the file's name, which
the caller puts in front."""


class Unreadable(Exception):
    """The file, or a sheet of it, cannot be read. The message says why, and what to do; `zh` in Chinese."""

    def __init__(self, message: str, zh: str) -> None:
        super().__init__(message)
        self.zh = zh

    @property
    def both(self) -> tuple[str, str]:
        return str(self), self.zh


SAVE_AGAIN = "Open it in the spreadsheet program and save it again as .xlsx."
SAVE_AGAIN_ZH = "请用电子表格软件打开后另存为.xlsx。"


def damaged_workbook(error: Exception | None = None) -> Unreadable:
    """What to say of a workbook that ends too soon or is no workbook."""
    kind = f" ({type(error).__name__})" if error is not None else ""
    return Unreadable(
        f"not a readable workbook{kind}: the file is damaged or cut off. {SAVE_AGAIN}",
        f"不是可读取的工作簿{kind}，文件已损坏或不完整。{SAVE_AGAIN_ZH}",
    )


def locked() -> Unreadable:
    return Unreadable(
        "it is encrypted with a password. Save it without a password.", "工作簿已加密，请取消密码后重新保存。"
    )
