<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>AttentionList</name>
    <message numerus="yes">
        <source>%Ln pictures and scans</source>
        <translation>
            <numerusform>%Ln picture or scan</numerusform>
            <numerusform>%Ln pictures and scans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LedgerView</name>
    <message numerus="yes">
        <source>%Ln entries, none changed, none missing.</source>
        <translation>
            <numerusform>%Ln entry, not changed, none missing.</numerusform>
            <numerusform>%Ln entries, none changed, none missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryCheck</name>
    <message numerus="yes">
        <source>%Ln problem(s) found. Your own files are not affected.</source>
        <translation>
            <numerusform>%Ln problem found. Your own files are not affected.</numerusform>
            <numerusform>%Ln problems found. Your own files are not affected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message numerus="yes">
        <source>%Ln file(s) still to be read</source>
        <translation>
            <numerusform>%Ln file still to be read</numerusform>
            <numerusform>%Ln files still to be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) need attention</source>
        <translation>
            <numerusform>%Ln file needs attention</numerusform>
            <numerusform>%Ln files need attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) wait for text recognition</source>
        <translation>
            <numerusform>%Ln file waits for text recognition</numerusform>
            <numerusform>%Ln files wait for text recognition</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeChips</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %n file(s) or folder(s)</source>
        <translation>
            <numerusform>Reading %n file or folder</numerusform>
            <numerusform>Reading %n files or folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n file could not be read.</numerusform>
            <numerusform>%n files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>These files: %n</source>
        <translation>
            <numerusform>These files: %n</numerusform>
            <numerusform>These files: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln passage</numerusform>
            <numerusform>%Ln passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message numerus="yes">
        <source>Picture: %n word(s)</source>
        <translation>
            <numerusform>Picture: %n word</numerusform>
            <numerusform>Picture: %n words</numerusform>
        </translation>
    </message>
</context>
</TS>
