"""What is said to the assistant rather than asked of the files: greetings, thanks, "what can you do". Answered at once,
without a search and without the model, in the language it was said in.

Decision: by whole sentences that are known, not by a model. A greeting answered with "not found in your files" looks
like a machine that does not listen; a question about the files that is taken for a greeting would be worse.
"""

from __future__ import annotations

import re
import unicodedata

ENGINE = "Nearside"
REASON = "This was said to Nearside, not asked of your files: nothing was looked up."

_HELLO = """hello|hi|hey|hello there|hi there|hey there|good morning|good afternoon|good evening|good day|hello nearside
|hi nearside|how are you|hello how are you|hi how are you"""
_THANKS = """thanks|thank you|thank you very much|thanks a lot|many thanks|great thanks|great thank you|perfect thanks
|ok thanks|okay thanks|ok thank you|cheers|thx"""
_BYE = "bye|goodbye|see you|good night|bye bye"
_ABOUT = """what can you do|what can you do for me|what do you do|who are you|what are you|help|help me|how do you work
|how does this work|what is this|how can you help|how can you help me|what can i ask|what can i ask you
|what can i do here|what is nearside|who is nearside|how do i use this|what should i ask"""
_HELLO_ZH = "你好|您好|嗨|哈喽|早上好|上午好|中午好|下午好|晚上好|早|在吗|你好吗|大家好|你好呀|您好呀"
_THANKS_ZH = "谢谢|谢谢你|谢谢您|多谢|非常感谢|感谢|太好了谢谢|好的谢谢|好谢谢|谢了"
_BYE_ZH = "再见|拜拜|晚安|回头见"
_ABOUT_ZH = """你能做什么|你可以做什么|你会做什么|你会什么|你能干什么|你是谁|你是什么|怎么用|如何使用|帮助
|你能帮我做什么|你能帮我什么|可以问什么|我可以问什么|我能问什么|我可以问你什么|这是什么|你有什么功能|怎么使用|介绍一下你自己"""


def _known(words: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in words.split("|"))


_OF_NEARSIDE = _known(_ABOUT) | _known(_ABOUT_ZH)
_SAYINGS = (
    (_known(_HELLO), "Hello. What would you like to know from your files?"),
    (_known(_THANKS), "You're welcome."),
    (_known(_BYE), "Goodbye. This conversation is kept."),
    (
        _known(_ABOUT),
        "Ask me what stands in your files, in English or Chinese: \u201cWhen does the lease end?\u201d, "
        "\u201cWhat did we pay for the sensors?\u201d. I answer from the passages that I find and show where they "
        "stand; when your files do not say it, I tell you so.\n\n"
        "- Limit a question to a folder or to some files, or drop files into it.\n"
        "- Go on asking: \u201cand in Paris?\u201d\n"
        "- Select text in any program and open the quick bar to summarize, translate, rewrite or explain it.\n\n"
        "All of this happens on this computer. Nothing leaves it unless you agree to exactly what would be sent.",
    ),
    (_known(_HELLO_ZH), "您好。想从您的文件里了解什么？"),
    (_known(_THANKS_ZH), "不客气。"),
    (_known(_BYE_ZH), "再见。这段对话会保留下来。"),
    (
        _known(_ABOUT_ZH),
        "您可以用中文或英文询问文件里的内容，例如“租约什么时候到期？”“传感器的单价是多少？”。"
        "我根据找到的段落回答，并标明出处；文件里没有的，我会直接告诉您。\n\n"
        "- 可以把问题限定在某个文件夹或几个文件，也可以把文件拖进来。\n"
        "- 可以接着追问，例如“那巴黎呢？”\n"
        "- 在任何程序里选中文字，打开快捷栏，就能概括、翻译、改写或解释。\n\n"
        "这一切都在这台电脑上完成。除非您同意，并看过要发送的全部内容，否则什么都不会离开这台电脑。",
    ),
)


def reply(said: str, *, scoped: bool = False) -> str:
    """What to answer; empty for everything that may be a question about files. `scoped` when certain files were chosen
    to be asked about: then "what is this" means them.
    """
    folded = unicodedata.normalize("NFKC", said).casefold().replace("'", "")
    bare = " ".join(re.sub(r"[\W_]+", " ", folded).split())
    tight = bare.replace(" ", "")
    if scoped and (bare in _OF_NEARSIDE or tight in _OF_NEARSIDE):
        return ""
    return next((answer for known, answer in _SAYINGS if bare in known or tight in known), "")
