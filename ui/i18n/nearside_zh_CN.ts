<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>Announcing</name>
    <message>
        <source>Answer finished.</source>
        <translation>回答已完成。</translation>
    </message>
</context>
<context>
    <name>AnswerFoot</name>
    <message>
        <source>Why this answer</source>
        <translation>为什么这样回答</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再问一次</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为纯文本</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>{passages} from {files}</source>
        <translation>{passages}，来自 {files}</translation>
    </message>
    <message>
        <source>Looked through your files on the {device} in {time}</source>
        <translation>由 {device} 查阅了您的文件，用时 {time}</translation>
    </message>
    <message>
        <source>Answered on the {device} in {time}</source>
        <translation>由 {device} 回答，用时 {time}</translation>
    </message>
    <message>
        <source>From {provider} ({model})</source>
        <translation>来自 {provider}（{model}）</translation>
    </message>
    <message>
        <source>, sent {size}</source>
        <translation>，发送了 {size}</translation>
    </message>
    <message>
        <source>, entry {number}</source>
        <translation>，记录 {number}</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>途径</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Sent to</source>
        <translation>发往</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>first word {first}, altogether {total}</source>
        <translation>首字 {first}，共 {total}</translation>
    </message>
    <message>
        <source>passages {found}, reading and writing {rest}, altogether {total}</source>
        <translation>查找段落 {found}，读写 {rest}，共 {total}</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>{read} read, {written} written</source>
        <translation>读入 {read}，写出 {written}</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>No support in your files: {reason}</source>
        <translation>您的文件里没有依据：{reason}</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>changed since it was read</source>
        <translation>读取之后有改动</translation>
    </message>
    <message>
        <source>not on this computer any more</source>
        <translation>已不在这台电脑上</translation>
    </message>
</context>
<context>
    <name>AttentionList</name>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>显示全部 {count} 个</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures and scans</source>
        <translation>
            <numerusform>%Ln 个图片和扫描件</numerusform>
        </translation>
    </message>
    <message>
        <source>Pages are pictures. {why}</source>
        <translation>页面是图片。{why}</translation>
    </message>
    <message>
        <source>Do it now</source>
        <translation>立即识别</translation>
    </message>
    <message>
        <source>Recognize the text of {file} now</source>
        <translation>立即识别 {file} 中的文字</translation>
    </message>
    <message>
        <source>Get text recognition</source>
        <translation>获取文字识别</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try {file} again</source>
        <translation>重试 {file}</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不读取</translation>
    </message>
    <message>
        <source>Leave {file} out</source>
        <translation>不读取 {file}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show pictures and scans that wait</source>
        <translation>显示等待识别的图片和扫描件</translation>
    </message>
    <message>
        <source>{state}. {advice}</source>
        <translation>{state}。{advice}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>You asked: {question}</source>
        <translation>您问：{question}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Edit this question</source>
        <translation>修改这个问题</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>您的问题</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再问一次</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What came after this question is forgotten.</source>
        <translation>这个问题之后的内容会被忘掉。</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Too long for a question: its end was left out. Add it as a file.</source>
        <translation>作为问题太长，末尾部分未粘贴。请改为添加文件。</translation>
    </message>
</context>
<context>
    <name>ChatStart</name>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Show Nearside a folder</source>
        <translation>给 Nearside 一个文件夹</translation>
    </message>
    <message>
        <source>It reads the files in it on this computer. Then you can ask about them.</source>
        <translation>它在这台电脑上读取其中的文件，然后您就可以提问了。</translation>
    </message>
    <message>
        <source>Ask about your files</source>
        <translation>向您的文件提问</translation>
    </message>
    <message>
        <source>Answers are written on this computer and name the passages they come from.</source>
        <translation>回答在这台电脑上写成，并注明出自哪些段落。</translation>
    </message>
    <message>
        <source>Ask about {title}</source>
        <translation>就《{title}》提问</translation>
    </message>
</context>
<context>
    <name>Citation</name>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>slide {slide}</source>
        <translation>第 {slide} 张幻灯片</translation>
    </message>
    <message>
        <source>{sheet}, row {row}</source>
        <translation>{sheet}，第 {row} 行</translation>
    </message>
    <message>
        <source>{sheet}, rows {first} to {last}</source>
        <translation>{sheet}，第 {first} 至 {last} 行</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>lines {first} to {last}</source>
        <translation>第 {first} 至 {last} 行</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>What is sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>Replace what is selected</source>
        <translation>替换选中的文字</translation>
    </message>
    <message>
        <source>Select text to have it replaced, choose a marked word to send it as it is.</source>
        <translation>选中文字，可将其替换；点选标记的词，可按原文发送。</translation>
    </message>
    <message>
        <source>Show raw request</source>
        <translation>显示原始请求</translation>
    </message>
    <message>
        <source>Never from these folders</source>
        <translation>这些文件夹永不外发</translation>
    </message>
    <message>
        <source>Don&apos;t send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>This conversation</source>
        <translation>本次对话都发送</translation>
    </message>
    <message>
        <source>Send once</source>
        <translation>只发送这一次</translation>
    </message>
    <message>
        <source>Send to {provider}</source>
        <translation>发送给 {provider}</translation>
    </message>
    <message>
        <source>Send this to {provider}?</source>
        <translation>要把这些发送给 {provider} 吗？</translation>
    </message>
    <message>
        <source>Nothing has left this computer. This is the whole text, exactly as it would be sent.</source>
        <translation>还没有任何内容离开这台电脑。以下就是将要发送的全部文字，一字不差。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>no file leaves whole</source>
        <translation>没有文件整份外发</translation>
    </message>
    <message>
        <source>no text of any file</source>
        <translation>不含任何文件内容</translation>
    </message>
    <message>
        <source>to {model}</source>
        <translation>发给 {model}</translation>
    </message>
    <message>
        <source>{count} replaced</source>
        <translation>已替换 {count} 处</translation>
    </message>
    <message>
        <source>nothing private found</source>
        <translation>没有发现隐私内容</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>not in the price list</source>
        <translation>价目表里没有</translation>
    </message>
    <message>
        <source>about {money}</source>
        <translation>约 {money}</translation>
    </message>
    <message>
        <source>no budget is set</source>
        <translation>没有设预算</translation>
    </message>
    <message>
        <source>of {left} left this month</source>
        <translation>本月还剩 {left}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names}，另有 {count} 个</translation>
    </message>
    <message>
        <source>Passages from: {names}</source>
        <translation>段落来自：{names}</translation>
    </message>
    <message>
        <source>{count} of {folder}</source>
        <translation>{folder} 里的 {count} 段</translation>
    </message>
    <message>
        <source>Passages kept here: {folders}</source>
        <translation>留在本机的段落：{folders}</translation>
    </message>
    <message>
        <source>{word}, sent as it is ✕</source>
        <translation>{word}，按原文发送 ✕</translation>
    </message>
    <message>
        <source>Replace {word} again</source>
        <translation>重新替换 {word}</translation>
    </message>
    <message>
        <source>Nothing has left this computer. The text is being made anew.</source>
        <translation>还没有任何内容离开这台电脑。正在重新生成文字。</translation>
    </message>
    <message>
        <source>{placeholder} stands for {original}</source>
        <translation>{placeholder} 代表 {original}</translation>
    </message>
    <message>
        <source>Send it as it is</source>
        <translation>按原文发送</translation>
    </message>
    <message>
        <source>It stays replaced: its folder or your organization wants it so</source>
        <translation>保持替换：所在文件夹或您的单位要求如此</translation>
    </message>
    <message>
        <source>Raw request</source>
        <translation>原始请求</translation>
    </message>
    <message>
        <source>Hide raw request</source>
        <translation>隐藏原始请求</translation>
    </message>
</context>
<context>
    <name>ConsentText</name>
    <message>
        <source>The text that would be sent</source>
        <translation>将要发送的文字</translation>
    </message>
    <message>
        <source>Stands for: {original}</source>
        <translation>代表：{original}</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Search conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete “{title}”?</source>
        <translation>删除“{title}”？</translation>
    </message>
    <message>
        <source>Its questions and answers are gone for good. Your files are not touched.</source>
        <translation>其中的问答将永久消失，您的文件不受影响。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Save the conversation</source>
        <translation>保存对话</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
</context>
<context>
    <name>DeviceBars</name>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>{count} tokens/s</source>
        <translation>每秒 {count} 个词元</translation>
    </message>
    <message>
        <source>first word after {seconds}</source>
        <translation>首字 {seconds}</translation>
    </message>
    <message>
        <source>loads in {seconds}</source>
        <translation>载入 {seconds}</translation>
    </message>
    <message>
        <source>{count} W</source>
        <translation>{count} 瓦</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Speed of the devices</source>
        <translation>各设备的速度</translation>
    </message>
</context>
<context>
    <name>DeviceStep</name>
    <message>
        <source>Answers come from this computer</source>
        <translation>回答出自这台电脑</translation>
    </message>
    <message>
        <source>The model runs on the best device that works here. Nothing is sent anywhere for it.</source>
        <translation>模型在本机可用的最佳设备上运行，不需要把任何内容发出去。</translation>
    </message>
    <message>
        <source>{device} answers here: {name}</source>
        <translation>由{device}回答：{name}</translation>
    </message>
    <message>
        <source>The model that answers is not on this computer yet.</source>
        <translation>负责回答的模型还不在这台电脑上。</translation>
    </message>
    <message>
        <source>Fetch it now ({size})</source>
        <translation>现在下载（{size}）</translation>
    </message>
    <message>
        <source>Measuring its speed. You need not wait.</source>
        <translation>正在测量速度，您不必等待。</translation>
    </message>
    <message>
        <source>Measured just now: first word after {first}, then {speed} tokens per second.</source>
        <translation>刚刚测得：{first}后写出首字，此后每秒 {speed} 个词元。</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Nearside could not look at this computer.</source>
        <translation>Nearside 无法检查这台电脑。</translation>
    </message>
    <message>
        <source>Start Nearside anew and try again.</source>
        <translation>请重新启动 Nearside 再试。</translation>
    </message>
    <message>
        <source>from source</source>
        <translation>（源代码）</translation>
    </message>
    <message>
        <source>{free} of {total} of memory are free. Processors: {processors}.</source>
        <translation>内存共 {total}，空闲 {free}。处理器数：{processors}。</translation>
    </message>
    <message>
        <source>{free} are free on the disk that the library is on.</source>
        <translation>资料库所在磁盘还有 {free} 空闲。</translation>
    </message>
    <message>
        <source>Nearside {own} on {system}.</source>
        <translation>Nearside {own}，运行于 {system}。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择更小的模型。</translation>
    </message>
    <message>
        <source>Free some space before more is read.</source>
        <translation>请先腾出一些空间，再读取更多文件。</translation>
    </message>
    <message>
        <source>{device} is there: {name}.</source>
        <translation>{device}可用：{name}。</translation>
    </message>
    <message>
        <source>{device} can&apos;t be used: {reason}.</source>
        <translation>{device}无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The model pack {name} is complete. {role}, {size}.</source>
        <translation>模型包 {name} 完整。{role}，{size}。</translation>
    </message>
    <message>
        <source>No model pack is here for this: {role}.</source>
        <translation>这项工作没有模型包：{role}。</translation>
    </message>
    <message>
        <source>Fetch one on the Models page.</source>
        <translation>请在“模型”页下载。</translation>
    </message>
    <message>
        <source>The library&apos;s key is kept in the file {path}.</source>
        <translation>资料库的密钥保存在文件 {path} 中。</translation>
    </message>
    <message>
        <source>The library&apos;s key is kept by {name}.</source>
        <translation>资料库的密钥由 {name} 保管。</translation>
    </message>
    <message>
        <source>The library at {path} takes {size}, encrypted.</source>
        <translation>资料库位于 {path}，已加密，占用 {size}。</translation>
    </message>
    <message>
        <source>There is no library yet.</source>
        <translation>还没有资料库。</translation>
    </message>
    <message>
        <source>Add a folder on the Library page.</source>
        <translation>请在“资料库”页添加文件夹。</translation>
    </message>
    <message>
        <source>The engine runs and answers.</source>
        <translation>引擎正在运行，响应正常。</translation>
    </message>
    <message>
        <source>The engine is not running. It starts when it is needed.</source>
        <translation>引擎没有运行。需要时会自动启动。</translation>
    </message>
    <message>
        <source>The engine&apos;s log is {path}.</source>
        <translation>引擎的日志是 {path}。</translation>
    </message>
    <message>
        <source>{pack} runs on {device}.</source>
        <translation>{pack} 运行于{device}。</translation>
    </message>
    <message>
        <source>Not on {device}: {reason}.</source>
        <translation>{device}未选用：{reason}。</translation>
    </message>
    <message>
        <source>The engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>The processes that read files</source>
        <translation>读取文件的进程</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{who} can open no network connection ({belts}).</source>
        <translation>{who}无法打开网络连接（{belts}）。</translation>
    </message>
    <message>
        <source>{belt} is missing: {reason}.</source>
        <translation>没有{belt}：{reason}。</translation>
    </message>
    <message>
        <source>{who} could open a network connection.</source>
        <translation>{who}可能会打开网络连接。</translation>
    </message>
    <message>
        <source>On Linux install libseccomp2 and restart Nearside.</source>
        <translation>在 Linux 上，请安装 libseccomp2 并重新启动 Nearside。</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Starting, on this computer</source>
        <translation>正在本机启动</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎没有运行</translation>
    </message>
    <message>
        <source>{device}, on this computer</source>
        <translation>{device}，在本机</translation>
    </message>
    <message>
        <source>Ready, on this computer</source>
        <translation>就绪，在本机</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>正在读取：{done} / {total}</translation>
    </message>
    <message>
        <source>Looking for changes</source>
        <translation>正在查看有无改动</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>还没有文件</translation>
    </message>
    <message>
        <source>{files}, up to date</source>
        <translation>{files}，均为最新</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>no Intel graphics with a compute driver was found</source>
        <translation>没有找到装有计算驱动的 Intel 显卡</translation>
    </message>
    <message>
        <source>no Intel NPU with a driver was found</source>
        <translation>没有找到装有驱动的 Intel NPU</translation>
    </message>
    <message>
        <source>its driver failed ({detail})</source>
        <translation>它的驱动出错（{detail}）</translation>
    </message>
    <message>
        <source>the pack {pack} is not made for it</source>
        <translation>模型包 {pack} 不支持它</translation>
    </message>
    <message>
        <source>OpenVINO&apos;s part for the processor is missing</source>
        <translation>缺少 OpenVINO 的处理器组件</translation>
    </message>
    <message>
        <source>Nearside does not know this kind of device</source>
        <translation>Nearside 不认识这类设备</translation>
    </message>
    <message>
        <source>it can&apos;t be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>it was not put on</source>
        <translation>没有启用</translation>
    </message>
    <message>
        <source>only Linux has it; here a firewall rule does this</source>
        <translation>只有 Linux 才有，这里由防火墙规则代替</translation>
    </message>
    <message>
        <source>this computer has no network</source>
        <translation>这台电脑没有网络</translation>
    </message>
    <message>
        <source>the system lets it open a connection</source>
        <translation>系统允许它打开连接</translation>
    </message>
    <message>
        <source>the library libseccomp2 is missing</source>
        <translation>缺少 libseccomp2 库</translation>
    </message>
    <message>
        <source>the system refused it</source>
        <translation>系统拒绝了它</translation>
    </message>
    <message>
        <source>this session is Wayland, where no program hears keys by itself</source>
        <translation>当前是 Wayland 会话，程序不能自行监听按键</translation>
    </message>
    <message>
        <source>there is no X11 server to ask</source>
        <translation>没有可用的 X11 服务</translation>
    </message>
    <message>
        <source>this desktop offers no global shortcuts</source>
        <translation>这个桌面不提供全局快捷键</translation>
    </message>
    <message>
        <source>this desktop does not answer</source>
        <translation>桌面没有响应</translation>
    </message>
    <message>
        <source>No pack for it is on this computer.</source>
        <translation>这台电脑上没有相应的模型包。</translation>
    </message>
    <message>
        <source>something in what it is called, or in its address, is wrong</source>
        <translation>它的名称或地址有误</translation>
    </message>
    <message>
        <source>its address was changed since it was shown</source>
        <translation>显示之后，它的地址有了变化</translation>
    </message>
    <message>
        <source>the file with the providers was changed by hand</source>
        <translation>记录服务商的文件被手动改过</translation>
    </message>
    <message>
        <source>a name has small letters, digits, dots and dashes, at most 40</source>
        <translation>名称只能用小写字母、数字、点和短横，最多 40 个</translation>
    </message>
    <message>
        <source>it has to speak like one of: {kinds}</source>
        <translation>接口类型须为其中之一：{kinds}</translation>
    </message>
    <message>
        <source>it needs the name of a model</source>
        <translation>需要填写模型名称</translation>
    </message>
    <message>
        <source>its address must not hold a name or password</source>
        <translation>地址中不能含有用户名或密码</translation>
    </message>
    <message>
        <source>its address must not hold a key; add the key by itself</source>
        <translation>地址中不能含有密钥，请单独添加密钥</translation>
    </message>
    <message>
        <source>its address must begin with https://</source>
        <translation>地址须以 https:// 开头</translation>
    </message>
    <message>
        <source>its address holds signs that no address has</source>
        <translation>地址中有不该出现的字符</translation>
    </message>
    <message>
        <source>its address can&apos;t be read</source>
        <translation>地址无法识别</translation>
    </message>
    <message>
        <source>a key is one word without spaces</source>
        <translation>密钥是一串不含空格的字符</translation>
    </message>
    <message>
        <source>without encryption (http) only this computer, or what your IT allows, is asked</source>
        <translation>不加密（http）时，只能询问本机或您的 IT 部门允许的地址</translation>
    </message>
    <message>
        <source>your IT department has switched providers off</source>
        <translation>您的 IT 部门已关闭服务商</translation>
    </message>
    <message>
        <source>your IT department allows other providers only</source>
        <translation>您的 IT 部门只允许其他服务商</translation>
    </message>
    <message>
        <source>your IT department allows other addresses only</source>
        <translation>您的 IT 部门只允许其他地址</translation>
    </message>
    <message>
        <source>Entries {first} to {last} are missing.</source>
        <translation>缺少第 {first} 至 {last} 条记录。</translation>
    </message>
    <message>
        <source>Entries {first} to {last} are missing at the end.</source>
        <translation>末尾缺少第 {first} 至 {last} 条记录。</translation>
    </message>
    <message>
        <source>Entry {number} stands in another place than it was written for.</source>
        <translation>记录 {number} 不在它原来的位置。</translation>
    </message>
    <message>
        <source>Entry {number} or the one before it was changed.</source>
        <translation>记录 {number} 或它的前一条被改动过。</translation>
    </message>
    <message>
        <source>What was sent under {digest} was changed.</source>
        <translation>以 {digest} 发送的内容被改动过。</translation>
    </message>
    <message>
        <source>The file that tells which entry is the newest is gone or damaged.</source>
        <translation>标明最新记录的文件丢失或已损坏。</translation>
    </message>
    <message>
        <source>Entry {number} is not the one that was written here.</source>
        <translation>记录 {number} 不是在这里写下的那一条。</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>{file}, {place}</source>
        <translation>{file}，{place}</translation>
    </message>
    <message>
        <source>{file} ({folder})</source>
        <translation>{file}（{folder}）</translation>
    </message>
    <message>
        <source>This answer was not finished.</source>
        <translation>这个回答没有写完。</translation>
    </message>
    <message>
        <source>Answered by {provider} ({model})</source>
        <translation>由 {provider}（{model}）回答</translation>
    </message>
    <message>
        <source>Answered on this computer by {model}</source>
        <translation>由 {model} 在本机回答</translation>
    </message>
</context>
<context>
    <name>FarOffer</name>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Choose where to ask and what goes along</source>
        <translation>选择问谁、带上什么</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Show what would be sent</source>
        <translation>看看会发送什么</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Ask {provider} about this?</source>
        <translation>要就此询问 {provider} 吗？</translation>
    </message>
    <message>
        <source>Only the question would leave. You see every byte first.</source>
        <translation>只会发出问题本身。您先看到每一个字节。</translation>
    </message>
    <message>
        <source>Question and passages would leave, private data replaced. You see every byte first.</source>
        <translation>会发出问题和段落，隐私内容已替换。您先看到每一个字节。</translation>
    </message>
    <message>
        <source>The question and a sketch without values would leave. You see every byte first.</source>
        <translation>会发出问题和一份不含数值的梗概。您先看到每一个字节。</translation>
    </message>
    <message>
        <source>You said yes for this conversation. The record keeps every byte that leaves.</source>
        <translation>您已同意本次对话都发送。离开的每一个字节都会记录下来。</translation>
    </message>
    <message>
        <source>Ask {provider}</source>
        <translation>询问 {provider}</translation>
    </message>
</context>
<context>
    <name>FileModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改动时间</translation>
    </message>
</context>
<context>
    <name>FileTable</name>
    <message>
        <source>Part of a name</source>
        <translation>名称的一部分</translation>
    </message>
    <message>
        <source>Part of a file&apos;s name</source>
        <translation>文件名的一部分</translation>
    </message>
    <message>
        <source>Recognize text now</source>
        <translation>立即识别文字</translation>
    </message>
    <message>
        <source>The first {shown} of {total}</source>
        <translation>前 {shown} 个，共 {total} 个</translation>
    </message>
    <message>
        <source>Only files in this state</source>
        <translation>只看这种状态的文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>All without text</source>
        <translation>所有没有文字的</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>FileWords</name>
    <message>
        <source>Nothing in it could be read. {reason}</source>
        <translation>其中的内容都无法读取。{reason}</translation>
    </message>
    <message>
        <source>{state}.</source>
        <translation>{state}。</translation>
    </message>
    <message>
        <source>There is no text in it.</source>
        <translation>其中没有文字。</translation>
    </message>
    <message>
        <source>It is protected by a password.</source>
        <translation>文件有密码保护。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The archive is empty.</source>
        <translation>压缩包是空的。</translation>
    </message>
    <message>
        <source>The pages hold only pictures of text, as scanners make them.</source>
        <translation>页面只有文字的图片，像是扫描件。</translation>
    </message>
    <message>
        <source>Its pages are pictures; their text waits for text recognition.</source>
        <translation>页面是图片，其中的文字等待识别。</translation>
    </message>
    <message>
        <source>Pages that are pictures and wait for text recognition: {pages}.</source>
        <translation>等待文字识别的图片页数：{pages}。</translation>
    </message>
    <message>
        <source>Pages that can&apos;t be drawn and were not read: {pages}.</source>
        <translation>无法绘制、因而未读取的页数：{pages}。</translation>
    </message>
    <message>
        <source>Nothing in it could be read.</source>
        <translation>其中没有可读取的内容。</translation>
    </message>
    <message>
        <source>No text was recognized in it.</source>
        <translation>没有从中识别出文字。</translation>
    </message>
    <message>
        <source>The picture is too small to hold text that can be read.</source>
        <translation>图片太小，其中的文字无法辨认。</translation>
    </message>
    <message>
        <source>The book is locked by copy protection.</source>
        <translation>这本书有版权保护，已锁定。</translation>
    </message>
    <message>
        <source>This is not an ordinary file.</source>
        <translation>这不是普通文件。</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>文件已经不在了。</translation>
    </message>
    <message>
        <source>The file is not inside the other any more.</source>
        <translation>文件已不在那个文件里了。</translation>
    </message>
    <message>
        <source>Your user account may not read this file.</source>
        <translation>您的账户无权读取这个文件。</translation>
    </message>
    <message>
        <source>The file could not be read from its disk.</source>
        <translation>无法从磁盘读取这个文件。</translation>
    </message>
    <message>
        <source>Its name can&apos;t be read on this computer: rename it.</source>
        <translation>这台电脑无法识别它的文件名，请重命名。</translation>
    </message>
    <message>
        <source>Reading it takes more memory than is allowed for one file.</source>
        <translation>读取它所需的内存超出单个文件的上限。</translation>
    </message>
    <message>
        <source>It is {size} MB; files of this kind are read up to {limit} MB.</source>
        <translation>文件有 {size} MB，这类文件最多读取 {limit} MB。</translation>
    </message>
    <message>
        <source>The picture has {size} million points; they are read up to {limit} million.</source>
        <translation>该图片有 {size} 百万像素；最多读取 {limit} 百万像素的图片。</translation>
    </message>
    <message>
        <source>It holds more than {limit} characters of text.</source>
        <translation>文字超过 {limit} 个字符。</translation>
    </message>
    <message>
        <source>It holds more text than is allowed for one file.</source>
        <translation>文字超出单个文件的上限。</translation>
    </message>
    <message>
        <source>It has {count} parts; more than {limit} are not read.</source>
        <translation>文件由 {count} 个部分组成，超过 {limit} 个就不读取。</translation>
    </message>
    <message>
        <source>It holds far more than its size tells and was left unread.</source>
        <translation>展开后远大于文件本身，没有读取。</translation>
    </message>
    <message>
        <source>It unpacks to more than {limit} MB and was left unread.</source>
        <translation>解压后超过 {limit} MB，没有读取。</translation>
    </message>
    <message>
        <source>It holds more than may be read and was left unread.</source>
        <translation>内容超出允许读取的范围，没有读取。</translation>
    </message>
    <message>
        <source>Its archive unpacks to more than {limit} MB; this file in it was left out.</source>
        <translation>所在的压缩包解压后超过 {limit} MB，这个文件没有读取。</translation>
    </message>
    <message>
        <source>It is {size} MB; files in archives are unpacked up to {limit} MB.</source>
        <translation>文件有 {size} MB，压缩包里的文件最多解压 {limit} MB。</translation>
    </message>
    <message>
        <source>One of its sheets has {count} cells; up to {limit} are read.</source>
        <translation>其中一张工作表有 {count} 个单元格，最多读取 {limit} 个。</translation>
    </message>
    <message>
        <source>There are more than {limit} files inside.</source>
        <translation>里面的文件超过 {limit} 个。</translation>
    </message>
    <message>
        <source>It lies more than {limit} files deep inside other files.</source>
        <translation>嵌套在其他文件里超过 {limit} 层。</translation>
    </message>
    <message>
        <source>Reading it takes more than {limit} seconds.</source>
        <translation>读取它需要超过 {limit} 秒。</translation>
    </message>
    <message>
        <source>This is an old {program} file: open it and save it as {ending}.</source>
        <translation>这是旧版 {program} 文件，请打开后另存为 {ending}。</translation>
    </message>
    <message>
        <source>This is an old Office file under a newer name. Save it as .docx, .xlsx or .pptx.</source>
        <translation>这是旧版 Office 文件，却用了新的扩展名。请另存为 .docx、.xlsx 或 .pptx。</translation>
    </message>
    <message>
        <source>This is a picture; reading its text needs the pack for text recognition.</source>
        <translation>这是图片，读取其中的文字需要文字识别模型包。</translation>
    </message>
    <message>
        <source>This is a picture of a kind that can&apos;t be read here: save it as PNG or JPEG.</source>
        <translation>这类图片在这里无法读取，请另存为 PNG 或 JPEG。</translation>
    </message>
    <message>
        <source>This is a sound recording; speech can&apos;t be read yet.</source>
        <translation>这是录音，目前还不能读取语音。</translation>
    </message>
    <message>
        <source>This is a video.</source>
        <translation>这是视频。</translation>
    </message>
    <message>
        <source>This is a program or a part of one.</source>
        <translation>这是程序或程序的一部分。</translation>
    </message>
    <message>
        <source>This is a font.</source>
        <translation>这是字体。</translation>
    </message>
    <message>
        <source>This is a database.</source>
        <translation>这是数据库。</translation>
    </message>
    <message>
        <source>This is a disk image.</source>
        <translation>这是磁盘映像。</translation>
    </message>
    <message>
        <source>This is an archive of a kind that can&apos;t be opened here; unpack it first.</source>
        <translation>这类压缩包在这里打不开，请先解压。</translation>
    </message>
    <message>
        <source>This is a drawing or a design file.</source>
        <translation>这是图纸或设计文件。</translation>
    </message>
    <message>
        <source>This is an e-book of a kind that can&apos;t be read here.</source>
        <translation>这类电子书在这里无法读取。</translation>
    </message>
    <message>
        <source>This is a model or a table of numbers.</source>
        <translation>这是模型或数值表。</translation>
    </message>
    <message>
        <source>This is an Apple iWork file: export it as PDF or in an Office format.</source>
        <translation>这是 Apple iWork 文件，请导出为 PDF 或 Office 格式。</translation>
    </message>
    <message>
        <source>This is a kind of file that Nearside can&apos;t read.</source>
        <translation>Nearside 无法读取这类文件。</translation>
    </message>
    <message>
        <source>The file is damaged: it ends early or can&apos;t be unpacked.</source>
        <translation>文件已损坏：内容不完整，或无法解压。</translation>
    </message>
    <message>
        <source>The file is damaged: a part of it is missing.</source>
        <translation>文件已损坏：缺少其中一部分。</translation>
    </message>
    <message>
        <source>The file is damaged: a part of it can&apos;t be read.</source>
        <translation>文件已损坏：其中一部分无法读取。</translation>
    </message>
    <message>
        <source>The file is damaged, or not what its beginning promises.</source>
        <translation>文件已损坏，或与其开头所示的类型不符。</translation>
    </message>
    <message>
        <source>The file holds what no office file does; it was refused.</source>
        <translation>文件含有办公文件不该有的内容，已拒绝读取。</translation>
    </message>
    <message>
        <source>The file is nested too deeply to be read.</source>
        <translation>文件嵌套太深，无法读取。</translation>
    </message>
    <message>
        <source>Pages are drawn of PDF files and pictures only.</source>
        <translation>只有 PDF 文件和图片可以显示页面。</translation>
    </message>
    <message>
        <source>The page is damaged and can&apos;t be drawn.</source>
        <translation>页面已损坏，无法显示。</translation>
    </message>
    <message>
        <source>Your user account may not read it.</source>
        <translation>您的账户无权读取它。</translation>
    </message>
    <message>
        <source>The system could not read it.</source>
        <translation>系统无法读取它。</translation>
    </message>
    <message>
        <source>There is no file or folder at {path}.</source>
        <translation>{path} 处没有文件或文件夹。</translation>
    </message>
    <message>
        <source>Nearside may not read {path}.</source>
        <translation>Nearside 无权读取 {path}。</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Skip all</source>
        <translation>全部跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Step {number} of {total}</source>
        <translation>第 {number} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Nothing leaves without you</source>
        <translation>未经您同意，什么都不会离开</translation>
    </message>
    <message>
        <source>Questions are answered here, from your files, with the places they come from.</source>
        <translation>问题在本机依据您的文件回答，并注明出处。</translation>
    </message>
    <message>
        <source>When your files don&apos;t hold the answer, Nearside may offer to ask a provider that you have chosen. You see every byte first, names and numbers replaced, and decide.</source>
        <translation>文件里没有答案时，Nearside 可能提议询问您选定的服务商。您先看到每一个字节，姓名和号码已替换，再由您决定。</translation>
    </message>
    <message>
        <source>Every folder is local only until you open it. What left, and when, is on the Privacy page.</source>
        <translation>每个文件夹默认只留在本机，除非您放开。什么内容在何时离开过，都记在“隐私”页。</translation>
    </message>
</context>
<context>
    <name>FolderDetails</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Left out of this folder</source>
        <translation>这个文件夹里不读取的内容</translation>
    </message>
    <message>
        <source>One pattern a line, such as *.log, drafts/ or ~$*. What matches is not read.</source>
        <translation>每行一个规则，例如 *.log、drafts/ 或 ~$*。符合的不读取。</translation>
    </message>
    <message>
        <source>Patterns that are left out</source>
        <translation>不读取的规则</translation>
    </message>
    <message>
        <source>Save and read again</source>
        <translation>保存并重新读取</translation>
    </message>
    <message>
        <source>{path}, {files}, {size}</source>
        <translation>{path}，{files}，{size}</translation>
    </message>
</context>
<context>
    <name>FolderTable</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>May leave</source>
        <translation>可否离开</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>{label}, set by your organization</source>
        <translation>{label}（由您的单位设定）</translation>
    </message>
    <message>
        <source>What may leave {folder}</source>
        <translation>{folder} 可否离开</translation>
    </message>
    <message>
        <source>More for this folder</source>
        <translation>此文件夹的更多操作</translation>
    </message>
    <message>
        <source>More for {folder}</source>
        <translation>{folder} 的更多操作</translation>
    </message>
    <message>
        <source>Files and what is left out</source>
        <translation>文件与不读取的内容</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>从资料库移除</translation>
    </message>
</context>
<context>
    <name>FoldersStep</name>
    <message>
        <source>Which folders may Nearside read?</source>
        <translation>Nearside 可以读取哪些文件夹？</translation>
    </message>
    <message>
        <source>It reads them on this computer, keeps what it reads encrypted, and follows changes.</source>
        <translation>它在这台电脑上读取，把读到的内容加密保存，并跟随改动。</translation>
    </message>
    <message>
        <source>Another folder</source>
        <translation>其他文件夹</translation>
    </message>
    <message>
        <source>Already in your library</source>
        <translation>已在资料库中</translation>
    </message>
    <message>
        <source>not there now</source>
        <translation>现在不在</translation>
    </message>
    <message>
        <source>being read, {files} so far</source>
        <translation>正在读取，目前 {files}</translation>
    </message>
    <message>
        <source>{files}, up to date</source>
        <translation>{files}，均为最新</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Find or ask, &gt; for commands, = to calculate</source>
        <translation>查找或提问，&gt; 执行命令，= 计算</translation>
    </message>
    <message>
        <source>Find or ask</source>
        <translation>查找或提问</translation>
    </message>
    <message>
        <source>Read text from the screen</source>
        <translation>识别屏幕上的文字</translation>
    </message>
    <message>
        <source>Read text from the screen ({keys})</source>
        <translation>识别屏幕上的文字（{keys}）</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
</context>
<context>
    <name>KeyDialog</name>
    <message>
        <source>Key for {provider}</source>
        <translation>{provider} 的密钥</translation>
    </message>
    <message>
        <source>Paste the key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>Looking for your system&apos;s keyring.</source>
        <translation>正在查找系统的密钥环。</translation>
    </message>
    <message>
        <source>Keep the key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>There is no secure keyring here, so a key can&apos;t be kept. {reasons}</source>
        <translation>这里没有安全的密钥环，因此无法保存密钥。{reasons}</translation>
    </message>
    <message>
        <source>Unlock or install one, such as GNOME Keyring or KWallet. Keys are never kept in a plain file.</source>
        <translation>请解锁或安装一个，例如 GNOME Keyring 或 KWallet。密钥绝不会存成普通文件。</translation>
    </message>
    <message>
        <source>It is kept by {keyring}. Only the process that sends what you agreed to reads it.</source>
        <translation>由 {keyring} 保管。只有发送您已同意内容的进程会读取它。</translation>
    </message>
</context>
<context>
    <name>LabelList</name>
    <message>
        <source>Pattern, such as *salary*</source>
        <translation>规则，例如 *工资*</translation>
    </message>
    <message>
        <source>Pattern of file names</source>
        <translation>文件名规则</translation>
    </message>
    <message>
        <source>What may leave files of this pattern</source>
        <translation>符合此规则的文件可否离开</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>By folder and by name</source>
        <translation>按文件夹和文件名</translation>
    </message>
    <message>
        <source>A pattern is stronger than a folder. What no rule speaks about stays here.</source>
        <translation>文件名规则优先于文件夹。没有规则提到的一律留在本机。</translation>
    </message>
    <message>
        <source>{label}, set by your organization</source>
        <translation>{label}（由您的单位设定）</translation>
    </message>
    <message>
        <source>What may leave {folder}</source>
        <translation>{folder} 可否离开</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the rule for {pattern}</source>
        <translation>移除 {pattern} 的规则</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>Offered to send to {provider}: {way}, {size}. Nothing left.</source>
        <translation>提议发送给 {provider}：{way}，{size}。没有内容离开。</translation>
    </message>
    <message>
        <source>Sent to {provider}, {size}</source>
        <translation>已发送给 {provider}，{size}</translation>
    </message>
    <message>
        <source>Answer from {provider}, {count} tokens in {seconds}</source>
        <translation>{provider} 的回答，{count} 个词元，用时 {seconds}</translation>
    </message>
    <message>
        <source>{provider} gave no answer. {reason}</source>
        <translation>{provider} 没有给出回答。{reason}</translation>
    </message>
    <message>
        <source>Not offered to {provider}. {reason}</source>
        <translation>没有向 {provider} 提议。{reason}</translation>
    </message>
    <message>
        <source>Fetched the model pack {pack}, {size}. Nothing of yours went out.</source>
        <translation>下载了模型包 {pack}，{size}。您的内容没有外发。</translation>
    </message>
    <message>
        <source>You said: send once</source>
        <translation>您选择：只发送这一次</translation>
    </message>
    <message>
        <source>You said: send in this conversation</source>
        <translation>您选择：本次对话都发送</translation>
    </message>
    <message>
        <source>You said no. Nothing left.</source>
        <translation>您选择不发送。没有内容离开。</translation>
    </message>
    <message>
        <source>You said: never from these folders. Nothing left.</source>
        <translation>您选择：这些文件夹永不外发。没有内容离开。</translation>
    </message>
    <message>
        <source>This month&apos;s budget was spent.</source>
        <translation>本月预算已用完。</translation>
    </message>
    <message>
        <source>A setting has a value that can&apos;t be used.</source>
        <translation>有一项设置的值不可用。</translation>
    </message>
    <message>
        <source>Its address, name or model is not allowed or can&apos;t be used.</source>
        <translation>它的地址、名称或模型不被允许，或无法使用。</translation>
    </message>
</context>
<context>
    <name>LedgerTable</name>
    <message>
        <source>What left, and when</source>
        <translation>什么内容在何时离开</translation>
    </message>
</context>
<context>
    <name>LedgerView</name>
    <message>
        <source>Search the record</source>
        <translation>搜索记录</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Show older entries</source>
        <translation>显示更早的记录</translation>
    </message>
    <message>
        <source>Read what was sent</source>
        <translation>查看发送的内容</translation>
    </message>
    <message>
        <source>Nothing has left this computer, and nothing was offered.</source>
        <translation>没有内容离开过这台电脑，也没有提议过。</translation>
    </message>
    <message>
        <source>No entry is like that.</source>
        <translation>没有这样的记录。</translation>
    </message>
    <message>
        <source>Entry {number}</source>
        <translation>记录 {number}</translation>
    </message>
    <message>
        <source>{count} tokens in the question</source>
        <translation>问题共 {count} 个词元</translation>
    </message>
    <message>
        <source>SHA-256 {digest}</source>
        <translation>SHA-256 {digest}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>It is not kept any more. The setting “Keep what was sent” says for how long it is.</source>
        <translation>内容已不再保留。保留多久由设置“保留已发送内容”决定。</translation>
    </message>
    <message>
        <source>Looking at every entry.</source>
        <translation>正在逐条核验。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries, none changed, none missing.</source>
        <translation>
            <numerusform>%Ln 条记录，没有改动，没有缺失。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the record</source>
        <translation>导出记录</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>{count} entries are in {file}.</source>
        <translation>{count} 条记录已存到 {file}。</translation>
    </message>
    <message>
        <source>The file could not be written there.</source>
        <translation>无法写入该位置。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>发送过的内容</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>What Nearside can read, and what may ever leave.</source>
        <translation>Nearside 可以读取什么，什么可以离开。</translation>
    </message>
</context>
<context>
    <name>LibraryCheck</name>
    <message>
        <source>Check the library</source>
        <translation>检查资料库</translation>
    </message>
    <message>
        <source>Mending the library.</source>
        <translation>正在修复资料库。</translation>
    </message>
    <message>
        <source>Looking through the library.</source>
        <translation>正在检查资料库。</translation>
    </message>
    <message>
        <source>The library is whole: {files}.</source>
        <translation>资料库完好无损：{files}。</translation>
    </message>
    <message>
        <source>The library is mended. What could not be kept is read again.</source>
        <translation>资料库已修复。无法保留的内容会重新读取。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) found. Your own files are not affected.</source>
        <translation>
            <numerusform>发现 %Ln 个问题。您自己的文件不受影响。</numerusform>
        </translation>
    </message>
    <message>
        <source>Repair the library</source>
        <translation>修复资料库</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>No folder is in the library yet. Add one, or drop it here, and ask about what is in it.</source>
        <translation>资料库里还没有文件夹。添加一个，或拖到这里，就可以提问了。</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Go on indexing</source>
        <translation>继续索引</translation>
    </message>
    <message>
        <source>Not there now. Is its drive connected?</source>
        <translation>现在不在，所在的磁盘接上了吗？</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) still to be read</source>
        <translation>
            <numerusform>还有 %Ln 个文件待读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) need attention</source>
        <translation>
            <numerusform>%Ln 个文件需要处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) wait for text recognition</source>
        <translation>
            <numerusform>%Ln 个文件等待文字识别</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing that can be read is in it</source>
        <translation>里面没有可读取的内容</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>把文件夹添加到资料库</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>从资料库移除</translation>
    </message>
    <message>
        <source>Remove {folder} from the library?</source>
        <translation>从资料库移除 {folder}？</translation>
    </message>
    <message>
        <source>Nearside forgets its text. The files themselves stay where they are.</source>
        <translation>Nearside 会忘掉其中的文字，文件本身留在原处。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{page} - Nearside</source>
        <translation>{page} - Nearside</translation>
    </message>
    <message>
        <source>Nearside ended unexpectedly last time. Nothing saved is lost.</source>
        <translation>Nearside 上次意外退出。已保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>A report names the places in the program where it was, and nothing of yours.</source>
        <translation>报告只列出程序中出错的位置，不含您的任何内容。</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>查看报告</translation>
    </message>
    <message>
        <source>Until then nothing is read or answered. Start with the usual settings; yours are kept beside them.</source>
        <translation>在此之前不会读取，也不会回答。可以先用默认设置启动，您的设置会保留在旁边。</translation>
    </message>
    <message>
        <source>Use the usual settings</source>
        <translation>使用默认设置</translation>
    </message>
    <message>
        <source>The engine has ended {count} times in a row.</source>
        <translation>引擎已连续 {count} 次意外结束。</translation>
    </message>
    <message>
        <source>It is tried again, less and less often. Settings can look at this computer and say more.</source>
        <translation>会再次尝试，间隔逐渐加长。可在“设置”里检查这台电脑，了解原因。</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>The engine is back. Nothing saved was lost.</source>
        <translation>引擎已恢复。已保存的内容没有丢失。</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Open the file in its own program to see more.</source>
        <translation>在其程序中打开文件，可了解更多。</translation>
    </message>
    <message>
        <source>Your settings can&apos;t be read.</source>
        <translation>无法读取您的设置。</translation>
    </message>
    <message>
        <source>Until they can, nothing is read or answered. Mend them, or use the usual ones.</source>
        <translation>在此之前不会读取，也不会回答。请修正设置，或改用默认设置。</translation>
    </message>
    <message>
        <source>The processes that read files could not be started.</source>
        <translation>无法启动读取文件的进程。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>There is no file or folder at {path}.</source>
        <translation>{path} 处没有文件或文件夹。</translation>
    </message>
    <message>
        <source>Connect the drive it lives on, or choose another one.</source>
        <translation>请接上它所在的磁盘，或另选一个。</translation>
    </message>
    <message>
        <source>Nearside may not read {path}.</source>
        <translation>Nearside 无权读取 {path}。</translation>
    </message>
    <message>
        <source>Give your user account access to it, or choose another folder.</source>
        <translation>请为您的账户开放访问权限，或另选文件夹。</translation>
    </message>
    <message>
        <source>Your IT department keeps {path} out of the library. Nothing of it was read.</source>
        <translation>您的 IT 部门不允许把 {path} 收入资料库。其中的内容没有被读取。</translation>
    </message>
    <message>
        <source>Choose another folder, or ask them.</source>
        <translation>请另选文件夹，或询问 IT 部门。</translation>
    </message>
    <message>
        <source>This file is not in the library.</source>
        <translation>这个文件不在资料库里。</translation>
    </message>
    <message>
        <source>Add its folder on the Library page.</source>
        <translation>请在“资料库”页添加它所在的文件夹。</translation>
    </message>
    <message>
        <source>This page can&apos;t be drawn.</source>
        <translation>无法显示这一页。</translation>
    </message>
    <message>
        <source>Open the file in its own program.</source>
        <translation>请在其程序中打开文件。</translation>
    </message>
    <message>
        <source>Nothing has been read yet.</source>
        <translation>还没有读取任何内容。</translation>
    </message>
    <message>
        <source>Add a folder on the Library page.</source>
        <translation>请在“资料库”页添加文件夹。</translation>
    </message>
    <message>
        <source>The library is damaged.</source>
        <translation>资料库已损坏。</translation>
    </message>
    <message>
        <source>Check and repair it at the end of the Settings page. Your own files are safe.</source>
        <translation>请在“设置”页末尾检查并修复。您自己的文件不受影响。</translation>
    </message>
    <message>
        <source>Another Nearside process is writing to this library.</source>
        <translation>另一个 Nearside 进程正在写入资料库。</translation>
    </message>
    <message>
        <source>Wait until it has finished. The window goes on by itself.</source>
        <translation>等它结束即可，窗口会自行继续。</translation>
    </message>
    <message>
        <source>The library can&apos;t be opened with the key that is here.</source>
        <translation>现有密钥打不开资料库。</translation>
    </message>
    <message>
        <source>Restore the key it was made with. Your own files are not affected.</source>
        <translation>请恢复建库时的密钥。您自己的文件不受影响。</translation>
    </message>
    <message>
        <source>This library was written by a newer Nearside.</source>
        <translation>这个资料库由更新版本的 Nearside 写成。</translation>
    </message>
    <message>
        <source>Update Nearside on this computer.</source>
        <translation>请更新这台电脑上的 Nearside。</translation>
    </message>
    <message>
        <source>The disk is full. What was read before is kept.</source>
        <translation>磁盘已满。先前读取的内容都保留着。</translation>
    </message>
    <message>
        <source>Free some space. Reading goes on where it stopped.</source>
        <translation>请腾出空间，读取会从中断处继续。</translation>
    </message>
    <message>
        <source>Something went wrong inside Nearside.</source>
        <translation>Nearside 内部出了问题。</translation>
    </message>
    <message>
        <source>There is nothing to search for.</source>
        <translation>没有要搜索的内容。</translation>
    </message>
    <message>
        <source>Type a few words, or a filter such as type:pdf.</source>
        <translation>请输入几个词，或像 type:pdf 这样的筛选条件。</translation>
    </message>
    <message>
        <source>There is no question to answer.</source>
        <translation>没有要回答的问题。</translation>
    </message>
    <message>
        <source>Type a question about your files.</source>
        <translation>请输入关于您文件的问题。</translation>
    </message>
    <message>
        <source>This search can&apos;t be read.</source>
        <translation>无法理解这个搜索。</translation>
    </message>
    <message>
        <source>Check the filters and quotation marks in it.</source>
        <translation>请检查其中的筛选条件和引号。</translation>
    </message>
    <message>
        <source>The question is too long for the model on this device.</source>
        <translation>问题太长，超出此设备上模型的容量。</translation>
    </message>
    <message>
        <source>Shorten it, or put the long text into a file and ask about that.</source>
        <translation>请缩短问题，或把长文存成文件后再提问。</translation>
    </message>
    <message>
        <source>Question and passages are too long for the model on this device.</source>
        <translation>问题和段落太长，超出此设备上模型的容量。</translation>
    </message>
    <message>
        <source>Ask a shorter question or start a new conversation.</source>
        <translation>请把问题缩短，或开始新的对话。</translation>
    </message>
    <message>
        <source>Nothing here can do this with a text.</source>
        <translation>这里没有这样处理文字的功能。</translation>
    </message>
    <message>
        <source>Summarize, translate, rewrite or explain it.</source>
        <translation>可以总结、翻译、改写或解释。</translation>
    </message>
    <message>
        <source>This conversation is not here any more.</source>
        <translation>这个对话已经不在了。</translation>
    </message>
    <message>
        <source>Start a new one.</source>
        <translation>请开始新的对话。</translation>
    </message>
    <message>
        <source>Choose another one on the Settings page. Until then the default holds.</source>
        <translation>请在“设置”页另选。在此之前使用默认值。</translation>
    </message>
    <message>
        <source>A rule of your IT department can&apos;t be read: {source}.</source>
        <translation>无法读取您 IT 部门的规则：{source}。</translation>
    </message>
    <message>
        <source>Ask them to mend it. Until then Nearside does not start its engine.</source>
        <translation>请联系他们修正。在此之前 Nearside 不会启动引擎。</translation>
    </message>
    <message>
        <source>Your IT department allows no diagnostics report on this computer.</source>
        <translation>您的 IT 部门不允许在这台电脑上生成诊断报告。</translation>
    </message>
    <message>
        <source>Ask them if you need one.</source>
        <translation>如有需要，请询问他们。</translation>
    </message>
    <message>
        <source>No secure keyring is available on this computer.</source>
        <translation>这台电脑上没有可用的安全密钥环。</translation>
    </message>
    <message>
        <source>Unlock or install one. The library&apos;s key is kept in it.</source>
        <translation>请解锁或安装一个，资料库的密钥保存在里面。</translation>
    </message>
    <message>
        <source>Other users can read the key file {path}.</source>
        <translation>其他用户可以读取密钥文件 {path}。</translation>
    </message>
    <message>
        <source>Make it readable by you alone.</source>
        <translation>请设为只有您自己可读。</translation>
    </message>
    <message>
        <source>The file {path} does not hold a Nearside key.</source>
        <translation>文件 {path} 里不是 Nearside 的密钥。</translation>
    </message>
    <message>
        <source>Name the right file in NEARSIDE_KEY_FILE and start Nearside again.</source>
        <translation>请在 NEARSIDE_KEY_FILE 中指定正确的文件，再重新启动 Nearside。</translation>
    </message>
    <message>
        <source>There is no key for {provider}.</source>
        <translation>没有 {provider} 的密钥。</translation>
    </message>
    <message>
        <source>Add it on the Privacy page.</source>
        <translation>请在“隐私”页添加。</translation>
    </message>
    <message>
        <source>This can&apos;t be a key for {provider}: a key is one word of plain characters.</source>
        <translation>这不可能是 {provider} 的密钥：密钥是一串不含空格的普通字符。</translation>
    </message>
    <message>
        <source>Copy it once more from the provider&apos;s page.</source>
        <translation>请从服务商页面重新复制一次。</translation>
    </message>
    <message>
        <source>No secure keyring is available for a key. Nothing was stored.</source>
        <translation>没有安全的密钥环可存放密钥。什么都没有保存。</translation>
    </message>
    <message>
        <source>Unlock or install one, then add the key again.</source>
        <translation>请解锁或安装一个，再添加密钥。</translation>
    </message>
    <message>
        <source>Fetch it again on the Models page. Only what is missing is fetched.</source>
        <translation>请在“模型”页重新下载，只会下载缺少的部分。</translation>
    </message>
    <message>
        <source>Text in pictures can&apos;t be read: the model pack {pack} is not on this computer.</source>
        <translation>无法识别图片中的文字：模型包 {pack} 不在这台电脑上。</translation>
    </message>
    <message>
        <source>Get it on the Models page.</source>
        <translation>请在“模型”页下载。</translation>
    </message>
    <message>
        <source>The text of this picture can&apos;t be recognized.</source>
        <translation>无法识别这张图片中的文字。</translation>
    </message>
    <message>
        <source>Choose a smaller part of it, or another picture.</source>
        <translation>请选取较小的一部分，或换一张图片。</translation>
    </message>
    <message>
        <source>The model pack {pack} is not on this computer.</source>
        <translation>模型包 {pack} 不在这台电脑上。</translation>
    </message>
    <message>
        <source>Fetch it on the Models page.</source>
        <translation>请在“模型”页下载。</translation>
    </message>
    <message>
        <source>There is no model pack called {pack}.</source>
        <translation>没有名为 {pack} 的模型包。</translation>
    </message>
    <message>
        <source>Choose one on the Models page.</source>
        <translation>请在“模型”页选择。</translation>
    </message>
    <message>
        <source>The model pack {pack} is damaged.</source>
        <translation>模型包 {pack} 已损坏。</translation>
    </message>
    <message>
        <source>{pack} is not a usable model pack.</source>
        <translation>{pack} 不是可用的模型包。</translation>
    </message>
    <message>
        <source>Ask whoever made it for a new copy.</source>
        <translation>请向制作者索取新的副本。</translation>
    </message>
    <message>
        <source>The model pack {pack} is in use.</source>
        <translation>模型包 {pack} 正在使用中。</translation>
    </message>
    <message>
        <source>Wait until the work in hand is done, then try again.</source>
        <translation>请等手头的工作完成后再试。</translation>
    </message>
    <message>
        <source>The model pack {pack} could not be fetched.</source>
        <translation>无法下载模型包 {pack}。</translation>
    </message>
    <message>
        <source>Check the connection and try again. It goes on where it stopped.</source>
        <translation>请检查网络后重试，会从中断处继续。</translation>
    </message>
    <message>
        <source>The model pack {pack} needs {needed} on the disk, and {free} are free.</source>
        <translation>模型包 {pack} 需要 {needed} 磁盘空间，现有 {free} 空闲。</translation>
    </message>
    <message>
        <source>Free some space, then fetch it again.</source>
        <translation>请腾出一些空间，再重新下载。</translation>
    </message>
    <message>
        <source>Your IT department does not let the model pack {pack} be fetched.</source>
        <translation>您的 IT 部门不允许下载模型包 {pack}。</translation>
    </message>
    <message>
        <source>Ask them for the pack as a file and add it on the Models page.</source>
        <translation>请向他们索取模型包文件，并在“模型”页添加。</translation>
    </message>
    <message>
        <source>{pack} can&apos;t be turned into a model pack.</source>
        <translation>{pack} 无法转换为模型包。</translation>
    </message>
    <message>
        <source>The model {model} failed on this device: {device}.</source>
        <translation>模型 {model} 在这个设备上出错：{device}。</translation>
    </message>
    <message>
        <source>The model {model} needs {needed} of memory, and {free} are free.</source>
        <translation>模型 {model} 需要 {needed} 内存，现有 {free} 空闲。</translation>
    </message>
    <message>
        <source>The window can&apos;t be shown.</source>
        <translation>无法显示窗口。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>请选择其他模型。</translation>
    </message>
    <message>
        <source>The setting “{name}” can&apos;t have this value.</source>
        <translation>设置“{name}”不能用这个值。</translation>
    </message>
    <message>
        <source>No device of this computer can do this.</source>
        <translation>这台电脑上没有能胜任的设备。</translation>
    </message>
    <message>
        <source>Set the device back to automatic in Settings, or fetch a pack made for yours.</source>
        <translation>请在“设置”里把设备改回自动，或下载适合您设备的模型包。</translation>
    </message>
    <message>
        <source>Choose another device in Settings, or fetch the pack again on the Models page.</source>
        <translation>请在“设置”里另选设备，或在“模型”页重新下载模型包。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model on the Models page.</source>
        <translation>请关闭其他程序，或在“模型”页选择更小的模型。</translation>
    </message>
    <message>
        <source>The engine stopped in the middle of its work.</source>
        <translation>引擎在工作中停止了。</translation>
    </message>
    <message>
        <source>It is being started again. Nothing that was saved is lost.</source>
        <translation>正在重新启动。已保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>Everything works from the command line as well.</source>
        <translation>所有功能也可以在命令行中使用。</translation>
    </message>
    <message>
        <source>An engine of another version of Nearside is running.</source>
        <translation>另一版本的 Nearside 引擎正在运行。</translation>
    </message>
    <message>
        <source>Quit Nearside from the tray and start it again.</source>
        <translation>请从托盘退出 Nearside 再重新启动。</translation>
    </message>
    <message>
        <source>All questions are kept on this computer. Nothing was sent.</source>
        <translation>所有问题都留在本机。没有发送任何内容。</translation>
    </message>
    <message>
        <source>To be offered a provider, change it in Settings. What IT set stays.</source>
        <translation>如需提议询问服务商，请在“设置”里更改。IT 部门设定的不变。</translation>
    </message>
    <message>
        <source>This request was not approved. Nothing was sent.</source>
        <translation>这个请求没有获得同意。没有发送任何内容。</translation>
    </message>
    <message>
        <source>Ask again and decide about the new offer.</source>
        <translation>请重新提问，再就新的提议作决定。</translation>
    </message>
    <message>
        <source>What would be sent has changed since you saw it. Nothing was sent.</source>
        <translation>您看过之后，要发送的内容有了变化。没有发送任何内容。</translation>
    </message>
    <message>
        <source>Look at the new offer and decide again.</source>
        <translation>请查看新的提议，重新决定。</translation>
    </message>
    <message>
        <source>This month&apos;s budget of {budget} {currency} is spent. Nothing was sent.</source>
        <translation>本月 {budget} {currency} 的预算已用完。没有发送任何内容。</translation>
    </message>
    <message>
        <source>Wait for the next month, or raise the budget in Settings.</source>
        <translation>请等到下个月，或在“设置”里提高预算。</translation>
    </message>
    <message>
        <source>Some of the text has become local only since. Nothing was sent.</source>
        <translation>其中部分文字已改为只留在本机。没有发送任何内容。</translation>
    </message>
    <message>
        <source>Ask again: the new offer leaves it out.</source>
        <translation>请重新提问，新的提议不会再包含它。</translation>
    </message>
    <message>
        <source>Sending this is not allowed here. Nothing was sent.</source>
        <translation>这里不允许发送。没有发送任何内容。</translation>
    </message>
    <message>
        <source>The Privacy page shows what is allowed, and by whom.</source>
        <translation>“隐私”页列出了允许什么、由谁规定。</translation>
    </message>
    <message>
        <source>Sending without a person who decides is not allowed. Nothing was sent.</source>
        <translation>不允许在无人决定的情况下发送。没有发送任何内容。</translation>
    </message>
    <message>
        <source>Look at the offer and decide yourself.</source>
        <translation>请查看提议，由您本人决定。</translation>
    </message>
    <message>
        <source>Nothing that was replaced reads like this.</source>
        <translation>被替换的内容里没有这个词。</translation>
    </message>
    <message>
        <source>Choose one of the marked words in the offer.</source>
        <translation>请选择提议中标记的词。</translation>
    </message>
    <message>
        <source>Your IT department has this kind of data replaced always.</source>
        <translation>您的 IT 部门要求始终替换这类内容。</translation>
    </message>
    <message>
        <source>Leave it replaced, or don&apos;t send.</source>
        <translation>请保持替换，或选择不发送。</translation>
    </message>
    <message>
        <source>There is no provider with this name.</source>
        <translation>没有这个名称的服务商。</translation>
    </message>
    <message>
        <source>Add one on the Privacy page.</source>
        <translation>请在“隐私”页添加。</translation>
    </message>
    <message>
        <source>The provider {name} can&apos;t be used: {detail}.</source>
        <translation>服务商 {name} 无法使用：{detail}。</translation>
    </message>
    <message>
        <source>Change it on the Privacy page.</source>
        <translation>请在“隐私”页更改。</translation>
    </message>
    <message>
        <source>Try again in a few minutes.</source>
        <translation>请几分钟后再试。</translation>
    </message>
    <message>
        <source>{provider} does not accept the key.</source>
        <translation>{provider} 不接受这个密钥。</translation>
    </message>
    <message>
        <source>Replace it on the Privacy page.</source>
        <translation>请在“隐私”页更换。</translation>
    </message>
    <message>
        <source>The account at {provider} has no credit left.</source>
        <translation>{provider} 的账户余额已用完。</translation>
    </message>
    <message>
        <source>Top it up there, then ask again.</source>
        <translation>请充值后再提问。</translation>
    </message>
    <message>
        <source>{provider} takes no more requests for the moment.</source>
        <translation>{provider} 暂时不再接受请求。</translation>
    </message>
    <message>
        <source>Wait a minute, then ask again.</source>
        <translation>请等一分钟再提问。</translation>
    </message>
    <message>
        <source>{provider} refused to answer because of its content rules.</source>
        <translation>{provider} 因内容规则拒绝回答。</translation>
    </message>
    <message>
        <source>Word the question differently, or use another provider.</source>
        <translation>请换一种问法，或换用其他服务商。</translation>
    </message>
    <message>
        <source>{provider} is overloaded or down.</source>
        <translation>{provider} 过载或暂停服务。</translation>
    </message>
    <message>
        <source>{provider} does not understand the request.</source>
        <translation>{provider} 无法理解这个请求。</translation>
    </message>
    <message>
        <source>Check its address and model on the Privacy page.</source>
        <translation>请在“隐私”页检查它的地址和模型。</translation>
    </message>
    <message>
        <source>The reply of {provider} broke off or can&apos;t be read.</source>
        <translation>{provider} 的回复中断或无法读取。</translation>
    </message>
    <message>
        <source>Ask again. What was sent is on the Privacy page.</source>
        <translation>请重新提问。发送过的内容见“隐私”页。</translation>
    </message>
    <message>
        <source>{provider} can&apos;t be reached.</source>
        <translation>无法连接 {provider}。</translation>
    </message>
    <message>
        <source>Check the connection and the proxy, then ask again.</source>
        <translation>请检查网络和代理后再提问。</translation>
    </message>
    <message>
        <source>The connection to {provider} is not trustworthy. Nothing was sent.</source>
        <translation>与 {provider} 的连接不可信。没有发送任何内容。</translation>
    </message>
    <message>
        <source>If your company inspects traffic, its certificate must be known to this system.</source>
        <translation>如果您的公司检查网络流量，系统必须信任公司的证书。</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What reads and answers here. Once it is on this computer it needs no network.</source>
        <translation>在这里读取和回答的模型。下载到这台电脑后就不再需要网络。</translation>
    </message>
    <message>
        <source>{device}, in memory now.</source>
        <translation>{device}，已在内存中。</translation>
    </message>
    <message>
        <source>Not on {device}: {reason}.</source>
        <translation>{device}未选用：{reason}。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Measure speed here</source>
        <translation>在此测速</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Add a pack from a file</source>
        <translation>从文件添加模型包</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止测量</translation>
    </message>
    <message>
        <source>Each device loads the model that answers and writes. This takes about a minute.</source>
        <translation>每个设备都会载入回答模型并书写，约需一分钟。</translation>
    </message>
    <message>
        <source>{pack} is whole.</source>
        <translation>{pack} 完好无损。</translation>
    </message>
    <message>
        <source>Remove a model pack</source>
        <translation>移除模型包</translation>
    </message>
    <message>
        <source>Remove {pack} from this computer?</source>
        <translation>从这台电脑移除 {pack}？</translation>
    </message>
    <message>
        <source>It can be fetched again as long as the catalogue has it.</source>
        <translation>只要目录里还有，就可以重新下载。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Add a model pack</source>
        <translation>添加模型包</translation>
    </message>
    <message>
        <source>Model packs (*.zip *.tar)</source>
        <translation>模型包 (*.zip *.tar)</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Model packs</source>
        <translation>模型包</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
</context>
<context>
    <name>Nearest</name>
    <message>
        <source>Nearest passages</source>
        <translation>最接近的段落</translation>
    </message>
</context>
<context>
    <name>Offering</name>
    <message>
        <source>Nothing was sent.</source>
        <translation>没有发送任何内容。</translation>
    </message>
</context>
<context>
    <name>PaceRules</name>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Change when indexing waits</source>
        <translation>更改何时暂停索引</translation>
    </message>
    <message>
        <source>Indexing waits or slows down: {rules}</source>
        <translation>索引会等待或放慢：{rules}</translation>
    </message>
    <message>
        <source>Indexing never waits for battery, load or full screens.</source>
        <translation>索引不因电量、负载或全屏而等待。</translation>
    </message>
    <message>
        <source>on battery below {percent} %</source>
        <translation>电量低于 {percent}% 时</translation>
    </message>
    <message>
        <source>in power saver</source>
        <translation>省电模式下</translation>
    </message>
    <message>
        <source>behind a full-screen program</source>
        <translation>有程序全屏时</translation>
    </message>
    <message>
        <source>above {percent} % load from other programs</source>
        <translation>其他程序负载超过 {percent}% 时</translation>
    </message>
</context>
<context>
    <name>PackFetch</name>
    <message>
        <source>Fetching ended early.</source>
        <translation>下载提前结束。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
</context>
<context>
    <name>PackList</name>
    <message>
        <source>recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Damaged: {reason}</source>
        <translation>已损坏：{reason}</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check {pack}</source>
        <translation>检查 {pack}</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Fetch {pack}</source>
        <translation>下载 {pack}</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {pack}</source>
        <translation>移除 {pack}</translation>
    </message>
</context>
<context>
    <name>PagePreview</name>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>{page} of {pages}</source>
        <translation>{page} / {pages}</translation>
    </message>
</context>
<context>
    <name>PictureChips</name>
    <message>
        <source>Text in the picture</source>
        <translation>图片中的文字</translation>
    </message>
    <message>
        <source>Reading the text in the picture</source>
        <translation>正在识别图片中的文字</translation>
    </message>
    <message>
        <source>No text was recognized in the picture.</source>
        <translation>没有从图片中识别出文字。</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Close the preview</source>
        <translation>关闭预览</translation>
    </message>
    <message>
        <source>Close the preview (Esc)</source>
        <translation>关闭预览（Esc）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open in its program</source>
        <translation>用其程序打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show text</source>
        <translation>显示文字</translation>
    </message>
    <message>
        <source>This file is not in the library any more.</source>
        <translation>这个文件已不在资料库里。</translation>
    </message>
    <message>
        <source>Below is the passage as it was read.</source>
        <translation>下面是读取时的段落。</translation>
    </message>
    <message>
        <source>Show page</source>
        <translation>显示页面</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>slide {slide}</source>
        <translation>第 {slide} 张幻灯片</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>not on this computer any more</source>
        <translation>已不在这台电脑上</translation>
    </message>
    <message>
        <source>changed since it was read</source>
        <translation>读取之后有改动</translation>
    </message>
    <message>
        <source>unchanged since indexed</source>
        <translation>索引后没有改动</translation>
    </message>
    <message>
        <source>Open {name}?</source>
        <translation>打开 {name}？</translation>
    </message>
    <message>
        <source>A file of this kind can run as a program when it is opened.</source>
        <translation>这类文件打开时可能会作为程序运行。</translation>
    </message>
    <message>
        <source>Don&apos;t open</source>
        <translation>不打开</translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>What leaves this computer, and what doesn&apos;t.</source>
        <translation>什么会离开这台电脑，什么不会。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Every time</source>
        <translation>每一次</translation>
    </message>
    <message>
        <source>Your organization has switched providers off: nothing can leave.</source>
        <translation>您的单位已关闭服务商：什么都无法离开。</translation>
    </message>
    <message>
        <source>You chose never to ask elsewhere: nothing is offered, nothing leaves.</source>
        <translation>您选择了从不外问：不会提议，什么都不会离开。</translation>
    </message>
    <message>
        <source>No provider is set up: nothing can leave.</source>
        <translation>没有设置服务商：什么都无法离开。</translation>
    </message>
    <message>
        <source>When your files can&apos;t answer, Nearside may offer to ask {providers}. You see every word first.</source>
        <translation>您的文件答不上来时，Nearside 可能提议询问 {providers}。您先看到每一个字。</translation>
    </message>
    <message>
        <source> or </source>
        <translation>或</translation>
    </message>
    <message>
        <source>Every folder is local only: of your files, no word may leave.</source>
        <translation>所有文件夹都只留在本机：您的文件一个字也不会离开。</translation>
    </message>
    <message>
        <source>Text may go along from {folders}, private data replaced. All other folders are local only.</source>
        <translation>{folders} 的文字可以随问题离开，隐私内容会替换。其他文件夹都只留在本机。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>This month nothing was sent.</source>
        <translation>本月没有发送任何内容。</translation>
    </message>
    <message>
        <source>Sent this month: {count}, for {money}.</source>
        <translation>本月发送 {count} 次，费用 {money}。</translation>
    </message>
    <message>
        <source>Sent this month: {count}.</source>
        <translation>本月发送 {count} 次。</translation>
    </message>
    <message>
        <source>The budget is {amount}.</source>
        <translation>预算为 {amount}。</translation>
    </message>
    <message>
        <source>Your files, the index, your questions and the answers stay on this computer.</source>
        <translation>您的文件、索引、问题和回答都留在这台电脑上。</translation>
    </message>
    <message>
        <source>What left</source>
        <translation>离开的内容</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Parts of this page</source>
        <translation>本页各部分</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>{count} files/s</source>
        <translation>每秒 {count} 个文件</translation>
    </message>
    <message>
        <source>{count} pages/s</source>
        <translation>每秒 {count} 页</translation>
    </message>
    <message>
        <source>{count} passages/s</source>
        <translation>每秒 {count} 段</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Looking for files: {done}</source>
        <translation>正在查找文件：{done}</translation>
    </message>
    <message>
        <source>Indexing: {done} of {total}</source>
        <translation>正在索引：{done} / {total}</translation>
    </message>
    <message>
        <source>Indexing: {done}</source>
        <translation>正在索引：{done}</translation>
    </message>
    <message>
        <source>Recognizing text: {done} of {total} pages</source>
        <translation>正在识别文字：{done} / {total} 页</translation>
    </message>
    <message>
        <source>Recognizing text: {done}</source>
        <translation>正在识别文字：{done}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>正在等待</translation>
    </message>
    <message>
        <source>Understanding: {done} of {total} passages</source>
        <translation>正在理解：{done} / {total} 段</translation>
    </message>
    <message>
        <source>Understanding: {done}</source>
        <translation>正在理解：{done}</translation>
    </message>
    <message>
        <source>Saving the index</source>
        <translation>正在保存索引</translation>
    </message>
    <message>
        <source>Fetching: {done} of {total}</source>
        <translation>正在下载：{done} / {total}</translation>
    </message>
    <message>
        <source>Making it ready for this computer</source>
        <translation>正在为这台电脑准备</translation>
    </message>
    <message>
        <source>Checking: {done} of {total}</source>
        <translation>正在检查：{done} / {total}</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>ProviderDialog</name>
    <message>
        <source>Change a provider</source>
        <translation>更改服务商</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>添加服务商</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>It speaks like</source>
        <translation>接口类型</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A server on this computer</source>
        <translation>这台电脑上的服务器</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Nothing goes there unless you see it and say yes.</source>
        <translation>未经您看过并同意，什么都不会发过去。</translation>
    </message>
    <message>
        <source>As the provider writes it, such as deepseek-chat</source>
        <translation>按服务商的写法，例如 deepseek-chat</translation>
    </message>
    <message>
        <source>Name here</source>
        <translation>在此的名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>With another host the key is forgotten: it was given for the old one.</source>
        <translation>换了主机，密钥就会被忘掉：它是为原来的主机提供的。</translation>
    </message>
</context>
<context>
    <name>ProviderHint</name>
    <message>
        <source>A cloud provider could be asked, after you see every byte.</source>
        <translation>您看过每一个字节之后，可以询问云端服务商。</translation>
    </message>
    <message>
        <source>Set one up</source>
        <translation>去设置</translation>
    </message>
</context>
<context>
    <name>ProviderList</name>
    <message>
        <source>No provider is set up, so nothing can be offered or sent.</source>
        <translation>没有设置服务商，因此不会提议，也不会发送。</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>添加服务商</translation>
    </message>
    <message>
        <source>Your organization has switched providers off: {source}</source>
        <translation>您的单位已关闭服务商：{source}</translation>
    </message>
    <message>
        <source>Your organization allows: {names} ({source})</source>
        <translation>您的单位允许：{names}（{source}）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test {provider}</source>
        <translation>测试 {provider}</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Key for {provider}</source>
        <translation>{provider} 的密钥</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Change {provider}</source>
        <translation>更改 {provider}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {provider}</source>
        <translation>移除 {provider}</translation>
    </message>
    <message>
        <source>key {last}</source>
        <translation>密钥 {last}</translation>
    </message>
    <message>
        <source>no key yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>There is no secure keyring here. Keys can&apos;t be kept, so a provider that wants one can&apos;t be asked.</source>
        <translation>这里没有安全的密钥环，无法保存密钥，因此不能询问需要密钥的服务商。</translation>
    </message>
    <message>
        <source>Unlock or install one, such as GNOME Keyring or KWallet. Keys are never kept in a plain file.</source>
        <translation>请解锁或安装一个，例如 GNOME Keyring 或 KWallet。密钥绝不会存成普通文件。</translation>
    </message>
    <message>
        <source>Sending a fixed line with nothing of yours in it.</source>
        <translation>正在发送一行固定文字，不含您的任何内容。</translation>
    </message>
    <message>
        <source>It answers, in {seconds}.</source>
        <translation>它有应答，用时 {seconds}。</translation>
    </message>
    <message>
        <source>Remove a provider</source>
        <translation>移除服务商</translation>
    </message>
    <message>
        <source>Remove {provider} and its key?</source>
        <translation>移除 {provider} 及其密钥？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>QKeySequenceEdit</name>
    <message>
        <source>Press shortcut</source>
        <translation>请按下按键</translation>
    </message>
</context>
<context>
    <name>QueryChips</name>
    <message>
        <source>Any kind</source>
        <translation>任何类型</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Kind: {value}</source>
        <translation>类型：{value}</translation>
    </message>
    <message>
        <source>Folder: {value}</source>
        <translation>文件夹：{value}</translation>
    </message>
    <message>
        <source>Time: {value}</source>
        <translation>时间：{value}</translation>
    </message>
    <message>
        <source>Since {date}</source>
        <translation>{date} 以来</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Spreadsheets</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Presentations</source>
        <translation>演示文稿</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Past week</source>
        <translation>过去一周</translation>
    </message>
    <message>
        <source>Past month</source>
        <translation>过去一个月</translation>
    </message>
    <message>
        <source>Past year</source>
        <translation>过去一年</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Ask about your files</source>
        <translation>向您的文件提问</translation>
    </message>
    <message>
        <source>Enter to ask</source>
        <translation>按 Enter 提问</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop this answer</source>
        <translation>停止这个回答</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>What would you like to know about it?</source>
        <translation>关于这段文字，您想知道什么？</translation>
    </message>
    <message>
        <source>Selected text</source>
        <translation>选中的文字</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Ask without the selected text</source>
        <translation>提问时不带选中的文字</translation>
    </message>
</context>
<context>
    <name>Quick</name>
    <message>
        <source>Go on with indexing</source>
        <translation>继续索引</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Open {page}</source>
        <translation>打开{page}</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>新问题</translation>
    </message>
    <message>
        <source>Read text from the screen</source>
        <translation>识别屏幕上的文字</translation>
    </message>
    <message>
        <source>Look for changed files now</source>
        <translation>立即查看改动的文件</translation>
    </message>
    <message>
        <source>Quit Nearside</source>
        <translation>退出 Nearside</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste into the text</source>
        <translation>粘贴到文中</translation>
    </message>
    <message>
        <source>Open in chat</source>
        <translation>在对话中打开</translation>
    </message>
    <message>
        <source>Answered on {device} in {time}</source>
        <translation>由{device}回答，用时 {time}</translation>
    </message>
    <message>
        <source>Written on {device} in {time}</source>
        <translation>由{device}写成，用时 {time}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Enter copies it</source>
        <translation>按 Enter 复制</translation>
    </message>
    <message>
        <source>Ask: {question}</source>
        <translation>提问：{question}</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>In your files</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>就此提问</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>总结</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Copied:</source>
        <translation>已复制：</translation>
    </message>
    <message>
        <source>Selected:</source>
        <translation>已选中：</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Text from the screen:</source>
        <translation>屏幕上的文字：</translation>
    </message>
    <message>
        <source>Text from the picture:</source>
        <translation>图片中的文字：</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Summarizing on this computer</source>
        <translation>正在本机总结</translation>
    </message>
    <message>
        <source>Translating on this computer</source>
        <translation>正在本机翻译</translation>
    </message>
    <message>
        <source>Rewriting on this computer</source>
        <translation>正在本机改写</translation>
    </message>
    <message>
        <source>Explaining on this computer</source>
        <translation>正在本机解释</translation>
    </message>
    <message>
        <source>This system gave no picture of the screen.</source>
        <translation>系统没有提供屏幕的图片。</translation>
    </message>
    <message>
        <source>Take a picture of it by the system&apos;s own means and paste it here.</source>
        <translation>请用系统自带的截图功能截取，再粘贴到这里。</translation>
    </message>
    <message>
        <source>Reading the text on the screen</source>
        <translation>正在识别屏幕上的文字</translation>
    </message>
    <message>
        <source>Reading the text in the picture</source>
        <translation>正在识别图片中的文字</translation>
    </message>
    <message>
        <source>Text was recognized: {text}</source>
        <translation>已识别出文字：{text}</translation>
    </message>
    <message>
        <source>No text was recognized there.</source>
        <translation>那里没有识别出文字。</translation>
    </message>
</context>
<context>
    <name>QuickBar</name>
    <message>
        <source>Nearside quick bar</source>
        <translation>Nearside 快捷栏</translation>
    </message>
    <message>
        <source>No text is selected.</source>
        <translation>没有选中文字。</translation>
    </message>
    <message>
        <source>Looking in your files</source>
        <translation>正在您的文件中查找</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>ReadingScroll</name>
    <message>
        <source>To the end</source>
        <translation>到末尾</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>the text that you gave</source>
        <translation>您给出的文字</translation>
    </message>
    <message>
        <source>It stayed on this computer. Asking further is offered, because: {reason}</source>
        <translation>回答出自本机。可以进一步询问，因为：{reason}</translation>
    </message>
    <message>
        <source>Every statement was found in {names}.</source>
        <translation>每句话都能在 {names} 中找到依据。</translation>
    </message>
    <message>
        <source>Statements without support: {count}. The rest was found in {names}.</source>
        <translation>没有依据的话：{count} 句。其余出自 {names}。</translation>
    </message>
    <message>
        <source>Statements without support left out: {count}. The rest was found in {names}.</source>
        <translation>去掉了 {count} 句没有依据的话，其余出自 {names}。</translation>
    </message>
    <message>
        <source>Quoted from the best passage: the model&apos;s own wording had no support in it.</source>
        <translation>引自最佳段落：模型自己的措辞在其中没有依据。</translation>
    </message>
    <message>
        <source>The model&apos;s answer had no support in the passages found.</source>
        <translation>模型的回答在找到的段落里没有依据。</translation>
    </message>
    <message>
        <source>No passage in your files shares a word or a meaning with the question.</source>
        <translation>您的文件里没有与问题在词语或意思上相关的段落。</translation>
    </message>
    <message>
        <source>The nearest passages do not seem to hold the answer. Nothing found mentions: {words}</source>
        <translation>最接近的段落似乎不含答案。没有一处提到：{words}</translation>
    </message>
    <message>
        <source>The nearest passages do not seem to hold the answer.</source>
        <translation>最接近的段落似乎不含答案。</translation>
    </message>
    <message>
        <source>This was said to Nearside, not asked of your files: nothing was looked up.</source>
        <translation>这句话是对 Nearside 说的，不是在问文件，因此没有查找。</translation>
    </message>
    <message>
        <source>{who} answered. {size} bytes were sent after you had seen them.</source>
        <translation>{who} 作了回答。您看过之后发送了 {size} 字节。</translation>
    </message>
    <message>
        <source>in no passage: {words}</source>
        <translation>段落里都没有：{words}</translation>
    </message>
    <message>
        <source>no passage says this</source>
        <translation>没有段落这样说</translation>
    </message>
    <message>
        <source>Your files answer it.</source>
        <translation>您的文件给出了回答。</translation>
    </message>
    <message>
        <source>The text that you gave answers it.</source>
        <translation>您给出的文字回答了这个问题。</translation>
    </message>
    <message>
        <source>Nearside answered by itself.</source>
        <translation>Nearside 自行回答。</translation>
    </message>
    <message>
        <source>Your IT department keeps all questions on this computer.</source>
        <translation>您的 IT 部门要求所有问题都留在本机。</translation>
    </message>
    <message>
        <source>You chose to keep all questions on this computer.</source>
        <translation>您选择让所有问题都留在本机。</translation>
    </message>
    <message>
        <source>This asks for a text to be written, which the model on this computer does poorly.</source>
        <translation>这需要撰写文字，本机的模型并不擅长。</translation>
    </message>
    <message>
        <source>The nearest passages, in {names}, do not hold the answer.</source>
        <translation>{names} 中最接近的段落不含答案。</translation>
    </message>
    <message>
        <source>The question is too long for the model on this computer.</source>
        <translation>这个问题对本机的模型来说太长。</translation>
    </message>
    <message>
        <source>Nothing in your files speaks about it.</source>
        <translation>您的文件里没有谈到这件事。</translation>
    </message>
    <message>
        <source>Part of the answer has no support in your files.</source>
        <translation>回答的一部分在您的文件里没有依据。</translation>
    </message>
    <message>
        <source>The passages that were found support the answer only weakly.</source>
        <translation>找到的段落只能勉强支持这个回答。</translation>
    </message>
</context>
<context>
    <name>RecognitionNotice</name>
    <message>
        <source>Get text recognition</source>
        <translation>获取文字识别</translation>
    </message>
    <message>
        <source>Text in pictures can be read once text recognition is on this computer.</source>
        <translation>文字识别下载到这台电脑之后，就能读取图片中的文字。</translation>
    </message>
    <message>
        <source>Getting text recognition</source>
        <translation>正在获取文字识别</translation>
    </message>
    <message>
        <source>Getting text recognition: {part} %</source>
        <translation>正在获取文字识别：{part}%</translation>
    </message>
    <message>
        <source>Text recognition is here. Choose the picture once more.</source>
        <translation>文字识别已就绪。请重新选择图片。</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>Choose a part of the screen</source>
        <translation>选取屏幕的一部分</translation>
    </message>
    <message>
        <source>Drag over the text. Arrows move, Shift and arrows size, Enter takes it, Esc leaves.</source>
        <translation>拖动框选文字。方向键移动，Shift 加方向键调整大小，Enter 确定，Esc 离开。</translation>
    </message>
    <message>
        <source>Tab goes to the next screen.</source>
        <translation>Tab 切换到下一个屏幕。</translation>
    </message>
    <message>
        <source>{width} by {height}, {left} from the left, {top} from the top</source>
        <translation>宽 {width}，高 {height}，距左 {left}，距上 {top}</translation>
    </message>
</context>
<context>
    <name>Resident</name>
    <message>
        <source>Nearside is still here</source>
        <translation>Nearside 仍在运行</translation>
    </message>
    <message>
        <source>The quick bar stays at hand. Quit from this icon.</source>
        <translation>快捷栏随时可用。可从这个图标退出。</translation>
    </message>
    <message>
        <source>Show the quick bar</source>
        <translation>显示快捷栏</translation>
    </message>
    <message>
        <source>Read text from the screen</source>
        <translation>识别屏幕上的文字</translation>
    </message>
    <message>
        <source>Summarize the selected text</source>
        <translation>总结选中的文字</translation>
    </message>
    <message>
        <source>Translate the selected text</source>
        <translation>翻译选中的文字</translation>
    </message>
    <message>
        <source>Rewrite the selected text</source>
        <translation>改写选中的文字</translation>
    </message>
    <message>
        <source>Explain the selected text</source>
        <translation>解释选中的文字</translation>
    </message>
    <message>
        <source>Another program has the keys {keys}. Choose others on the Settings page.</source>
        <translation>按键 {keys} 已被其他程序占用。请在“设置”页另选。</translation>
    </message>
    <message>
        <source>The list of programs that start with the session can&apos;t be written.</source>
        <translation>无法写入随会话启动的程序列表。</translation>
    </message>
</context>
<context>
    <name>ScopeChips</name>
    <message>
        <source>All files again</source>
        <translation>恢复为所有文件</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Ask about certain files only</source>
        <translation>只就某些文件提问</translation>
    </message>
    <message>
        <source>Not in your library yet: {names}</source>
        <translation>还不在资料库里：{names}</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform>，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>收入</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不收入</translation>
    </message>
    <message numerus="yes">
        <source>Reading %n file(s) or folder(s)</source>
        <translation>
            <numerusform>正在读取 %n 个文件或文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>正在读取：{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n 个文件无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Another folder</source>
        <translation>其他文件夹</translation>
    </message>
    <message>
        <source>Ask about these files</source>
        <translation>就这些文件提问</translation>
    </message>
    <message>
        <source>Ask about this folder</source>
        <translation>就这个文件夹提问</translation>
    </message>
    <message numerus="yes">
        <source>These files: %n</source>
        <translation>
            <numerusform>这些文件：%n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Where to look: {scope}</source>
        <translation>查找范围：{scope}</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search your files</source>
        <translation>搜索您的文件</translation>
    </message>
    <message>
        <source>“{part}” can&apos;t be read.</source>
        <translation>无法理解“{part}”。</translation>
    </message>
    <message>
        <source>Filters are type:pdf, in:&quot;My folder&quot;, name:budget, after:2026-01-31, before:7d. Close quotation marks.</source>
        <translation>筛选条件有 type:pdf、in:&quot;我的文件夹&quot;、name:预算、after:2026-01-31、before:7d。引号要成对。</translation>
    </message>
    <message>
        <source>By words so far. What means the same follows in a moment.</source>
        <translation>目前按词语查找，意思相近的稍后就到。</translation>
    </message>
    <message>
        <source>By words only: the model that compares meanings is not on this computer.</source>
        <translation>只按词语查找：比较意思的模型不在这台电脑上。</translation>
    </message>
    <message>
        <source>{count} passages in {files}, {seconds}</source>
        <translation>{files}中的 {count} 段，用时 {seconds}</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>In your files</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Words find meaning as well. &quot;In quotes&quot; finds the exact words, -word leaves some out.</source>
        <translation>词语也会按意思查找。&quot;加引号&quot;查找原文，-词 排除某些内容。</translation>
    </message>
    <message>
        <source>Nothing like this is in your files. Try other words, or take a filter away.</source>
        <translation>您的文件里没有这样的内容。请换个词，或去掉一个筛选条件。</translation>
    </message>
    <message>
        <source>There is nothing to search yet. Add a folder on the Library page (Ctrl+L).</source>
        <translation>还没有可搜索的内容。请在“资料库”页（Ctrl+L）添加文件夹。</translation>
    </message>
    <message>
        <source>Ask this</source>
        <translation>就此提问</translation>
    </message>
</context>
<context>
    <name>SettingGroup</name>
    <message>
        <source>Another program has these keys, or the system keeps them.</source>
        <translation>这些按键已被其他程序或系统占用。</translation>
    </message>
    <message>
        <source>Choose other keys.</source>
        <translation>请另选按键。</translation>
    </message>
    <message>
        <source>No keys can be heard over other programs in this session: {reasons}.</source>
        <translation>在这个会话中无法监听其他程序之上的按键：{reasons}。</translation>
    </message>
    <message>
        <source>No keys can be heard over other programs in this session.</source>
        <translation>在这个会话中无法监听其他程序之上的按键。</translation>
    </message>
    <message>
        <source>In your desktop&apos;s own keyboard settings, bind keys to this command: {command}</source>
        <translation>请在桌面自带的键盘设置中，为这条命令绑定按键：{command}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>The best one here</source>
        <translation>本机最好的</translation>
    </message>
    <message>
        <source>These keys can&apos;t be a shortcut.</source>
        <translation>这些按键不能用作快捷键。</translation>
    </message>
    <message>
        <source>Take Ctrl, Alt or Meta together with a letter, a digit or a function key.</source>
        <translation>请用 Ctrl、Alt 或 Meta 搭配字母、数字或功能键。</translation>
    </message>
    <message>
        <source>These keys already belong to: {action}.</source>
        <translation>这些按键已用于：{action}。</translation>
    </message>
    <message>
        <source>Choose other keys, or take them away there first.</source>
        <translation>请另选按键，或先从那里取消。</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Set by your organization: {source}</source>
        <translation>由您的单位设定：{source}</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Reset {setting}</source>
        <translation>{setting} 恢复默认</translation>
    </message>
    <message>
        <source>Keys for {action}</source>
        <translation>{action} 的按键</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>What may leave</source>
        <translation>什么可以离开</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light, dark, or as your desktop has it.</source>
        <translation>浅色、深色，或跟随桌面。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>In percent of the usual size.</source>
        <translation>相对于通常大小的百分比。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the window, not of your files.</source>
        <translation>窗口的语言，与您的文件无关。</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>减少动效</translation>
    </message>
    <message>
        <source>Changes show at once, without movement.</source>
        <translation>变化直接显示，没有动画。</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>留在托盘</translation>
    </message>
    <message>
        <source>Closing the window leaves Nearside ready for the quick bar.</source>
        <translation>关闭窗口后，快捷栏仍可使用。</translation>
    </message>
    <message>
        <source>Start when you sign in</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>Nearside waits in the tray, without a window.</source>
        <translation>Nearside 在托盘中等候，不显示窗口。</translation>
    </message>
    <message>
        <source>For the text that is selected in any program.</source>
        <translation>用于在任何程序中选中的文字。</translation>
    </message>
    <message>
        <source>Quick bar</source>
        <translation>快捷栏</translation>
    </message>
    <message>
        <source>Brings up the quick bar over any program.</source>
        <translation>在任何程序之上显示快捷栏。</translation>
    </message>
    <message>
        <source>Read the screen</source>
        <translation>识别屏幕</translation>
    </message>
    <message>
        <source>Mark a part of the screen; the text in it comes into the quick bar.</source>
        <translation>框选屏幕的一部分，其中的文字会进入快捷栏。</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>总结</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Device that answers</source>
        <translation>负责回答的设备</translation>
    </message>
    <message>
        <source>Automatic takes the best one that works; the answer always says which it was.</source>
        <translation>自动选用可用的最佳设备；回答总会注明是哪一个。</translation>
    </message>
    <message>
        <source>Model that answers</source>
        <translation>负责回答的模型</translation>
    </message>
    <message>
        <source>More of them are on the Models page.</source>
        <translation>更多模型见“模型”页。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>In tokens; a token is about three quarters of a word.</source>
        <translation>以词元计，一个词元约合一个汉字。</translation>
    </message>
    <message>
        <source>Passages per answer</source>
        <translation>每个回答的段落数</translation>
    </message>
    <message>
        <source>More of them take longer and can find more.</source>
        <translation>越多越慢，也可能找到更多。</translation>
    </message>
    <message>
        <source>Sort passages again</source>
        <translation>对段落再排序</translation>
    </message>
    <message>
        <source>A second model looks at them once more, where its pack is here.</source>
        <translation>如有相应模型包，由第二个模型再看一遍。</translation>
    </message>
    <message>
        <source>Free the memory after</source>
        <translation>释放内存</translation>
    </message>
    <message>
        <source>Minutes after the last question; the next one loads the model again.</source>
        <translation>最后一个问题之后的分钟数；下一个问题会重新载入模型。</translation>
    </message>
    <message>
        <source>Follow changes</source>
        <translation>跟随改动</translation>
    </message>
    <message>
        <source>New and changed files are read by themselves.</source>
        <translation>自动读取新增和改动的文件。</translation>
    </message>
    <message>
        <source>Wait on battery below</source>
        <translation>电量低于此值时等待</translation>
    </message>
    <message>
        <source>Charge in percent below which indexing waits; 0 never waits.</source>
        <translation>使用电池且电量百分比低于此值时暂停索引；0 表示从不等待。</translation>
    </message>
    <message>
        <source>Slow down when busy</source>
        <translation>繁忙时放慢</translation>
    </message>
    <message>
        <source>When other programs take more of the processor than this, indexing goes slowly.</source>
        <translation>其他程序占用处理器超过此值时，索引放慢。</translation>
    </message>
    <message>
        <source>Wait in power saver</source>
        <translation>省电模式下等待</translation>
    </message>
    <message>
        <source>Indexing goes on once the power saver is off.</source>
        <translation>省电模式关闭后继续索引。</translation>
    </message>
    <message>
        <source>Wait behind full screens</source>
        <translation>全屏时等待</translation>
    </message>
    <message>
        <source>Indexing waits while a presentation, a film or a game fills the screen.</source>
        <translation>演示、影片或游戏占满屏幕时，暂停索引。</translation>
    </message>
    <message>
        <source>Device that reads</source>
        <translation>负责读取的设备</translation>
    </message>
    <message>
        <source>Automatic takes the best one that works.</source>
        <translation>自动选用可用的最佳设备。</translation>
    </message>
    <message>
        <source>Model that compares meanings</source>
        <translation>比较意思的模型</translation>
    </message>
    <message>
        <source>Another one reads everything again; until then the old index answers.</source>
        <translation>更换后会重新读取全部内容，在此之前仍用旧索引回答。</translation>
    </message>
    <message>
        <source>Files read side by side</source>
        <translation>同时读取的文件数</translation>
    </message>
    <message>
        <source>More are faster and take more memory.</source>
        <translation>越多越快，占用内存也越多。</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>最大文件</translation>
    </message>
    <message>
        <source>In MB. Larger files are left out and listed in the library.</source>
        <translation>以 MB 计。更大的文件不读取，并列在资料库里。</translation>
    </message>
    <message>
        <source>Longest time for a file</source>
        <translation>单个文件最长用时</translation>
    </message>
    <message>
        <source>Seconds after which reading it is given up.</source>
        <translation>超过这个秒数就放弃读取。</translation>
    </message>
    <message>
        <source>Ask elsewhere</source>
        <translation>外部询问</translation>
    </message>
    <message>
        <source>Whether a provider is offered when your files or the model here can&apos;t answer.</source>
        <translation>您的文件或本机模型答不上来时，是否提议询问服务商。</translation>
    </message>
    <message>
        <source>What an offer holds</source>
        <translation>提议包含什么</translation>
    </message>
    <message>
        <source>You can choose anew each time, and you see every word first.</source>
        <translation>每次都可以重新选择，并先看到每一个字。</translation>
    </message>
    <message>
        <source>Your own words</source>
        <translation>您自己的词</translation>
    </message>
    <message>
        <source>Names and words that are always replaced, one a line.</source>
        <translation>始终替换的姓名和词语，每行一个。</translation>
    </message>
    <message>
        <source>Replace amounts</source>
        <translation>替换金额</translation>
    </message>
    <message>
        <source>Sums of money, besides names, numbers and addresses.</source>
        <translation>除姓名、号码和地址外，也替换金额。</translation>
    </message>
    <message>
        <source>Replace dates</source>
        <translation>替换日期</translation>
    </message>
    <message>
        <source>Days, months and years, besides names, numbers and addresses.</source>
        <translation>除姓名、号码和地址外，也替换年月日。</translation>
    </message>
    <message>
        <source>Budget for a month</source>
        <translation>每月预算</translation>
    </message>
    <message>
        <source>In the provider&apos;s currency; 0 sets none. When it is spent nothing is offered.</source>
        <translation>以服务商的货币计，0 表示不设。用完后不再提议。</translation>
    </message>
    <message>
        <source>Warn from</source>
        <translation>提醒起点</translation>
    </message>
    <message>
        <source>Part of the budget from which every offer says how much is left.</source>
        <translation>用到预算的这一部分后，每次提议都注明还剩多少。</translation>
    </message>
    <message>
        <source>Longest answer from a provider</source>
        <translation>服务商的最长回答</translation>
    </message>
    <message>
        <source>In tokens; it limits what an answer can cost.</source>
        <translation>以词元计，它限定了一次回答的费用。</translation>
    </message>
    <message>
        <source>Keep what was sent</source>
        <translation>保留已发送内容</translation>
    </message>
    <message>
        <source>Days for which you can read back what was offered or sent; 0 keeps it an hour.</source>
        <translation>提议或发送过的内容可回看的天数；0 表示保留一小时。</translation>
    </message>
    <message>
        <source>Where none is named, all may be.</source>
        <translation>不列出则全部允许。</translation>
    </message>
    <message>
        <source>Cloud providers</source>
        <translation>云端服务商</translation>
    </message>
    <message>
        <source>Whether anything may be offered or sent at all.</source>
        <translation>是否允许提议或发送任何内容。</translation>
    </message>
    <message>
        <source>Providers that may be used</source>
        <translation>可用的服务商</translation>
    </message>
    <message>
        <source>Addresses that may be sent to</source>
        <translation>可发往的地址</translation>
    </message>
    <message>
        <source>Addresses without encryption</source>
        <translation>不加密的地址</translation>
    </message>
    <message>
        <source>Besides this computer itself.</source>
        <translation>本机除外。</translation>
    </message>
    <message>
        <source>Addresses inside your company</source>
        <translation>公司内部的地址</translation>
    </message>
    <message>
        <source>Text of every folder may be offered to them.</source>
        <translation>所有文件夹的文字都可以提议发往这些地址。</translation>
    </message>
    <message>
        <source>Ways of sending</source>
        <translation>发送方式</translation>
    </message>
    <message>
        <source>What an offer may hold.</source>
        <translation>提议可以包含什么。</translation>
    </message>
    <message>
        <source>Sending by scripts</source>
        <translation>由脚本发送</translation>
    </message>
    <message>
        <source>Whether something may be sent without a person who decides.</source>
        <translation>是否允许在无人决定时发送。</translation>
    </message>
    <message>
        <source>What may leave, by folder</source>
        <translation>按文件夹规定什么可以离开</translation>
    </message>
    <message>
        <source>Stronger than what you choose for these folders and files.</source>
        <translation>优先于您为这些文件夹和文件所作的选择。</translation>
    </message>
    <message>
        <source>Always replaced</source>
        <translation>始终替换</translation>
    </message>
    <message>
        <source>Private data that is replaced before anything is offered.</source>
        <translation>提议之前一律替换的隐私内容。</translation>
    </message>
    <message>
        <source>Sources of model packs</source>
        <translation>模型包来源</translation>
    </message>
    <message>
        <source>Where none is named, packs come as files.</source>
        <translation>不列出则只能以文件形式添加模型包。</translation>
    </message>
    <message>
        <source>Folders that may be read</source>
        <translation>可读取的文件夹</translation>
    </message>
    <message>
        <source>With all that is in them; where none is named, all may be.</source>
        <translation>包括其中的全部内容；不列出则全部允许。</translation>
    </message>
    <message>
        <source>Folders that are never read</source>
        <translation>永不读取的文件夹</translation>
    </message>
    <message>
        <source>What was known of them is forgotten.</source>
        <translation>已知的内容会被忘掉。</translation>
    </message>
    <message>
        <source>Looking for updates</source>
        <translation>检查更新</translation>
    </message>
    <message>
        <source>Nearside does not look for any today.</source>
        <translation>目前 Nearside 不检查更新。</translation>
    </message>
    <message>
        <source>Reports about this computer</source>
        <translation>关于这台电脑的报告</translation>
    </message>
    <message>
        <source>Whether Nearside may say how this computer is doing.</source>
        <translation>是否允许 Nearside 报告这台电脑的状况。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Offer it, and I decide</source>
        <translation>提议，由我决定</translation>
    </message>
    <message>
        <source>Package registry</source>
        <translation>软件包注册表</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Kept on this computer. A change counts at once.</source>
        <translation>保存在这台电脑上，更改立即生效。</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation>没有这样的设置。</translation>
    </message>
    <message>
        <source>Look at this computer</source>
        <translation>检查这台电脑</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Set by your organization</source>
        <translation>由您的单位设定</translation>
    </message>
    <message>
        <source>How this computer is doing</source>
        <translation>这台电脑的状况</translation>
    </message>
    <message>
        <source>Devices, models, keys, library and engine. The report holds no text and no names of yours.</source>
        <translation>设备、模型、密钥、资料库和引擎。报告不含您的任何文字和名称。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>The report could not be written there.</source>
        <translation>无法把报告写到那里。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Quick bar, from any program</source>
        <translation>快捷栏，在任何程序中</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>新问题</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Open a citation</source>
        <translation>打开引用</translation>
    </message>
    <message>
        <source>Next pane, previous pane</source>
        <translation>下一个、上一个窗格</translation>
    </message>
    <message>
        <source>Rename or delete a conversation</source>
        <translation>重命名或删除对话</translation>
    </message>
    <message>
        <source>Close the topmost, stop an answer</source>
        <translation>关闭最上层，停止回答</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>本表</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>TablePreview</name>
    <message>
        <source>Rows of the sheet</source>
        <translation>工作表的行</translation>
    </message>
</context>
<context>
    <name>TextPreview</name>
    <message>
        <source>Text of the file</source>
        <translation>文件的文字</translation>
    </message>
    <message>
        <source>A long file: only the part around the passage is shown here.</source>
        <translation>文件很长：这里只显示段落前后的部分。</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Nearside</source>
        <translation>打开 Nearside</translation>
    </message>
    <message>
        <source>Quick bar</source>
        <translation>快捷栏</translation>
    </message>
    <message>
        <source>Recent questions</source>
        <translation>最近的问题</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎没有运行</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Ask again</source>
        <translation>再问一次</translation>
    </message>
    <message>
        <source>Sent. Waiting for {provider}</source>
        <translation>已发送，正在等待 {provider}</translation>
    </message>
    <message>
        <source>Loading the model that answers</source>
        <translation>正在载入负责回答的模型</translation>
    </message>
    <message>
        <source>Looking through your files</source>
        <translation>正在查阅您的文件</translation>
    </message>
    <message>
        <source>You stopped this answer.</source>
        <translation>您停止了这个回答。</translation>
    </message>
    <message>
        <source>This answer was interrupted. What had been written is kept.</source>
        <translation>这个回答被中断。已写出的部分都保留着。</translation>
    </message>
    <message>
        <source>The engine stopped in the middle of this answer.</source>
        <translation>引擎在回答途中停止了。</translation>
    </message>
    <message>
        <source>It is being started again. Ask again to get the whole answer.</source>
        <translation>正在重新启动。要完整的回答，请再问一次。</translation>
    </message>
    <message>
        <source>It is being started again, and what was written is kept. Ask again to get the rest.</source>
        <translation>正在重新启动，已写出的部分都保留着。要其余的内容，请再问一次。</translation>
    </message>
    <message>
        <source>This question could not be answered.</source>
        <translation>这个问题无法回答。</translation>
    </message>
    <message>
        <source>Search for these words</source>
        <translation>搜索这些词</translation>
    </message>
    <message>
        <source>Ask all files</source>
        <translation>向所有文件提问</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln 字节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln 个段落</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>几秒钟</translation>
    </message>
    <message>
        <source>about {count} s</source>
        <translation>约 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min</source>
        <translation>约 {count} 分钟</translation>
    </message>
    <message>
        <source>about {count} h</source>
        <translation>约 {count} 小时</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Local only</source>
        <translation>只留在本机</translation>
    </message>
    <message>
        <source>Redacted text, when I agree</source>
        <translation>替换隐私后，经我同意</translation>
    </message>
    <message>
        <source>Text, when I agree</source>
        <translation>原文，经我同意</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读取</translation>
    </message>
    <message>
        <source>Being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>No text in it</source>
        <translation>没有文字</translation>
    </message>
    <message>
        <source>Password-protected</source>
        <translation>有密码保护</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Not a kind that can be read</source>
        <translation>无法读取的类型</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>用时太长</translation>
    </message>
    <message>
        <source>Could not be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>Waits for text recognition</source>
        <translation>等待文字识别</translation>
    </message>
    <message>
        <source>Open it once and save it without a password, or leave it out.</source>
        <translation>请打开后另存为无密码的文件，或选择不读取。</translation>
    </message>
    <message>
        <source>Open and save it in its program, or leave it out.</source>
        <translation>请在其程序中打开并保存，或选择不读取。</translation>
    </message>
    <message>
        <source>Raise the limit in Settings, or leave it out.</source>
        <translation>请在“设置”里提高上限，或选择不读取。</translation>
    </message>
    <message>
        <source>Try again, or leave it out.</source>
        <translation>请重试，或选择不读取。</translation>
    </message>
    <message>
        <source>Close it in other programs and try again.</source>
        <translation>请在其他程序中关闭它再试。</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>card number</source>
        <translation>卡号</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>mail address</source>
        <translation>邮箱地址</translation>
    </message>
    <message>
        <source>bank account</source>
        <translation>银行账号</translation>
    </message>
    <message>
        <source>network address</source>
        <translation>网络地址</translation>
    </message>
    <message>
        <source>identity number</source>
        <translation>身份证号</translation>
    </message>
    <message>
        <source>company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>passport</source>
        <translation>护照</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人名</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>number plate</source>
        <translation>车牌</translation>
    </message>
    <message>
        <source>password or key</source>
        <translation>密码或密钥</translation>
    </message>
    <message>
        <source>your own word</source>
        <translation>您自己的词</translation>
    </message>
    <message>
        <source>web address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Only the question</source>
        <translation>只有问题</translation>
    </message>
    <message>
        <source>Question and passages</source>
        <translation>问题和段落</translation>
    </message>
    <message>
        <source>A sketch without values</source>
        <translation>不含数值的梗概</translation>
    </message>
    <message>
        <source>No text of any file goes along.</source>
        <translation>不带任何文件的文字。</translation>
    </message>
    <message>
        <source>Passages from folders that you opened go along, private data replaced.</source>
        <translation>带上您放开的文件夹中的段落，隐私内容已替换。</translation>
    </message>
    <message>
        <source>Every number, name and date is replaced; the answer is filled in on this computer.</source>
        <translation>所有数字、姓名和日期都已替换，答案在本机填回。</translation>
    </message>
    <message>
        <source>Writes answers</source>
        <translation>撰写回答</translation>
    </message>
    <message>
        <source>Compares meanings</source>
        <translation>比较意思</translation>
    </message>
    <message>
        <source>Sorts passages again</source>
        <translation>对段落再排序</translation>
    </message>
    <message>
        <source>Recognizes text in pictures</source>
        <translation>识别图片中的文字</translation>
    </message>
    <message>
        <source>{bits}-bit</source>
        <translation>{bits} 位</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器（CPU）</translation>
    </message>
    <message>
        <source>Graphics (GPU)</source>
        <translation>图形处理器（GPU）</translation>
    </message>
    <message>
        <source>AI processor (NPU)</source>
        <translation>AI 处理器（NPU）</translation>
    </message>
    <message>
        <source>Python audit hook</source>
        <translation>Python 审计钩子</translation>
    </message>
    <message>
        <source>seccomp filter</source>
        <translation>seccomp 过滤器</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>已由您暂停</translation>
    </message>
    <message>
        <source>Waiting: the battery is low</source>
        <translation>等待中：电量不足</translation>
    </message>
    <message>
        <source>Waiting: this computer is busy</source>
        <translation>等待中：电脑正忙</translation>
    </message>
    <message>
        <source>Waiting: power saver is on</source>
        <translation>等待中：省电模式已开启</translation>
    </message>
    <message>
        <source>Waiting: a full-screen program is in front</source>
        <translation>等待中：有程序正在全屏</translation>
    </message>
    <message>
        <source>The text recognition pack is not on this computer yet.</source>
        <translation>文字识别模型包还不在这台电脑上。</translation>
    </message>
    <message>
        <source>Text recognition is paused.</source>
        <translation>文字识别已暂停。</translation>
    </message>
    <message>
        <source>Text recognition is waiting for mains power.</source>
        <translation>文字识别正在等待接通电源。</translation>
    </message>
    <message>
        <source>Text recognition goes slowly: this computer is busy.</source>
        <translation>电脑正忙，文字识别放慢进行。</translation>
    </message>
    <message>
        <source>Text recognition is waiting until power saver is off.</source>
        <translation>文字识别正在等待省电模式关闭。</translation>
    </message>
    <message>
        <source>Text recognition is waiting for the full-screen program.</source>
        <translation>有程序正在全屏，文字识别暂时等待。</translation>
    </message>
    <message>
        <source>Text recognition has not come to them yet.</source>
        <translation>文字识别还没轮到它们。</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>p. {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>slide {slide}</source>
        <translation>第 {slide} 张幻灯片</translation>
    </message>
    <message>
        <source>{sheet}, row {rows}</source>
        <translation>{sheet}，第 {rows} 行</translation>
    </message>
    <message>
        <source>row {rows}</source>
        <translation>第 {rows} 行</translation>
    </message>
    <message>
        <source>line {lines}</source>
        <translation>第 {lines} 行</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message numerus="yes">
        <source>Picture: %n word(s)</source>
        <translation>
            <numerusform>图片：%n 个词</numerusform>
        </translation>
    </message>
    <message>
        <source>{picture}. Show the text</source>
        <translation>{picture}。显示文字</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Ask without this picture</source>
        <translation>提问时不带这张图片</translation>
    </message>
</context>
</TS>
