<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CellText</name>
    <message numerus="yes">
        <source>%n more lines</source>
        <translation>
            <numerusform>%n more line</numerusform>
            <numerusform>%n more lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more rows</source>
        <translation>
            <numerusform>%n more row</numerusform>
            <numerusform>%n more rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n outputs</source>
        <translation>
            <numerusform>%n output</numerusform>
            <numerusform>%n outputs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n findings</source>
        <translation>
            <numerusform>%1, %n finding</numerusform>
            <numerusform>%1, %n findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames in %1 folded</source>
        <translation>
            <numerusform>%n frame in %1 folded</numerusform>
            <numerusform>%n frames in %1 folded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more findings in this cell. N goes to the next one.</source>
        <translation>
            <numerusform>%n more finding in this cell. N goes to the next one.</numerusform>
            <numerusform>%n more findings in this cell. N goes to the next one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more rows are not shown here. All of it was checked.</source>
        <translation>
            <numerusform>%n more row is not shown here. All of it was checked.</numerusform>
            <numerusform>%n more rows are not shown here. All of it was checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckedWords</name>
    <message numerus="yes">
        <source>No findings, but %n files were not read completely</source>
        <translation>
            <numerusform>No findings, but %n file was not read completely</numerusform>
            <numerusform>No findings, but %n files were not read completely</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>code in %n languages is not judged</source>
        <translation>
            <numerusform>code in %n language is not judged</numerusform>
            <numerusform>code in %n languages is not judged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures wait for a person's eyes</source>
        <translation>
            <numerusform>%n picture wait for a person's eyes</numerusform>
            <numerusform>%n pictures wait for a person's eyes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n file(s) not all code is judged: it is not valid</source>
        <translation>
            <numerusform>in %n file not all code is judged: it is not valid</numerusform>
            <numerusform>in %n files not all code is judged: it is not valid</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareTables</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) differ, the first at byte %1</source>
        <translation>
            <numerusform>%n byte differs, the first at byte %1</numerusform>
            <numerusform>%n bytes differ, the first at byte %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>at least %n byte(s) differ, the first at byte %1</source>
        <translation>
            <numerusform>at least %n byte differs, the first at byte %1</numerusform>
            <numerusform>at least %n bytes differ, the first at byte %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffModel</name>
    <message numerus="yes">
        <source>%Ln character(s) not shown</source>
        <translation>
            <numerusform>%Ln character not shown</numerusform>
            <numerusform>%Ln characters not shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s) not shown: click or press Enter</source>
        <translation>
            <numerusform>%Ln character not shown: click or press Enter</numerusform>
            <numerusform>%Ln characters not shown: click or press Enter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The comparison ends here. %Ln more line(s) that differ are not shown: %1</source>
        <translation>
            <numerusform>The comparison ends here. %Ln more line that differ are not shown: %1</numerusform>
            <numerusform>The comparison ends here. %Ln more lines that differ are not shown: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged line(s): click or press Enter</source>
        <translation>
            <numerusform>%n unchanged line: click or press Enter</numerusform>
            <numerusform>%n unchanged lines: click or press Enter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged line(s) not listed</source>
        <translation>
            <numerusform>%n unchanged line not listed</numerusform>
            <numerusform>%n unchanged lines not listed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingListModel</name>
    <message numerus="yes">
        <source>%1, %n findings</source>
        <translation>
            <numerusform>%1, %n finding</numerusform>
            <numerusform>%1, %n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GraphReader</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s)</source>
        <comment>inputs, outputs and constants</comment>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lineage</name>
    <message numerus="yes">
        <source>%n other file(s) of code</source>
        <translation>
            <numerusform>%n other file of code</numerusform>
            <numerusform>%n other files of code</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other cell(s)</source>
        <translation>
            <numerusform>%n other cell</numerusform>
            <numerusform>%n other cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s)</source>
        <translation>
            <numerusform>%n cell</numerusform>
            <numerusform>%n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of code</source>
        <translation>
            <numerusform>%n file of code</numerusform>
            <numerusform>%n files of code</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) from %1</source>
        <translation>
            <numerusform>%n cell from %1</numerusform>
            <numerusform>%n cells from %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelAnswers</name>
    <message numerus="yes">
        <source>Yes, %n place(s)</source>
        <translation>
            <numerusform>Yes, %n place</numerusform>
            <numerusform>Yes, %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s), all known</source>
        <translation>
            <numerusform>%n call, all known</numerusform>
            <numerusform>%n calls, all known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Yes, %n</source>
        <translation>
            <numerusform>Yes, %n</numerusform>
            <numerusform>Yes, %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n part(s) read to the end</source>
        <translation>
            <numerusform>%1 of %n part read to the end</numerusform>
            <numerusform>%1 of %n parts read to the end</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NotCheckedModel</name>
    <message numerus="yes">
        <source>%n more findings of the same rules are not listed.</source>
        <translation>
            <numerusform>%n more finding of the same rules is not listed.</numerusform>
            <numerusform>%n more findings of the same rules are not listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Recents</name>
    <message numerus="yes">
        <source>Folder, %n file(s)</source>
        <translation>
            <numerusform>Folder, %n file</numerusform>
            <numerusform>Folder, %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Notebook, %n cell(s)</source>
        <translation>
            <numerusform>Notebook, %n cell</numerusform>
            <numerusform>Notebook, %n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Archive, %n file(s)</source>
        <translation>
            <numerusform>Archive, %n file</numerusform>
            <numerusform>Archive, %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no findings, but %n file(s) not fully read</source>
        <translation>
            <numerusform>no findings, but %n file not fully read</numerusform>
            <numerusform>no findings, but %n files not fully read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no findings, all %n cell(s) checked</source>
        <translation>
            <numerusform>no findings, all %n cell checked</numerusform>
            <numerusform>no findings, all %n cells checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no findings, %n file(s) checked</source>
        <translation>
            <numerusform>no findings, %n file checked</numerusform>
            <numerusform>no findings, %n files checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>0 open, %n decided</source>
        <translation>
            <numerusform>0 open, %n decided</numerusform>
            <numerusform>0 open, %n decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n file(s) not fully read</source>
        <translation>
            <numerusform>%1; %n file not fully read</numerusform>
            <numerusform>%1; %n files not fully read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreatDocument</name>
    <message numerus="yes">
        <source>and %n more part(s)</source>
        <translation>
            <numerusform>and %n more part</numerusform>
            <numerusform>and %n more parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the state or the note of %n control(s)</source>
        <translation>
            <numerusform>the state or the note of %n control</numerusform>
            <numerusform>the state or the note of %n controls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) to questions</source>
        <translation>
            <numerusform>%n answer to questions</numerusform>
            <numerusform>%n answers to questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreatExchange</name>
    <message numerus="yes">
        <source>%n zone(s)</source>
        <translation>
            <numerusform>%n zone</numerusform>
            <numerusform>%n zones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s)</source>
        <translation>
            <numerusform>%n flow</numerusform>
            <numerusform>%n flows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n threat(s)</source>
        <translation>
            <numerusform>%n threat</numerusform>
            <numerusform>%n threats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) on the drawing</source>
        <translation>
            <numerusform>%n text on the drawing</numerusform>
            <numerusform>%n texts on the drawing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n boundary line(s) without an inside</source>
        <translation>
            <numerusform>%n boundary line without an inside</numerusform>
            <numerusform>%n boundary lines without an inside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s) with an open end</source>
        <translation>
            <numerusform>%n flow with an open end</numerusform>
            <numerusform>%n flows with an open end</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n threat(s) at one of these</source>
        <translation>
            <numerusform>%n threat at one of these</numerusform>
            <numerusform>%n threats at one of these</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreatFile</name>
    <message numerus="yes">
        <source>%1: %n line(s) are kept, but not understood.</source>
        <translation>
            <numerusform>%1: %n line is kept, but not understood.</numerusform>
            <numerusform>%1: %n lines are kept, but not understood.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreatWords</name>
    <message numerus="yes">
        <source>%n finding(s) confirm it, but it was called not applicable.</source>
        <translation>
            <numerusform>%n finding confirms it, but it was called not applicable.</numerusform>
            <numerusform>%n findings confirm it, but it was called not applicable.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) confirm it, but something that is known says otherwise (%1).</source>
        <translation>
            <numerusform>%n finding confirms it, but something that is known says otherwise (%1).</numerusform>
            <numerusform>%n findings confirm it, but something that is known says otherwise (%1).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::Comparing</name>
    <message numerus="yes">
        <source>%n paths</source>
        <translation>
            <numerusform>%n path</numerusform>
            <numerusform>%n paths</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::Converting</name>
    <message numerus="yes">
        <source>Written: %1, %n tensor(s), %2.</source>
        <translation>
            <numerusform>Written: %1, %n tensor, %2.</numerusform>
            <numerusform>Written: %1, %n tensors, %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::DropOverlay</name>
    <message numerus="yes">
        <source>%n notebook(s)</source>
        <translation>
            <numerusform>%n notebook</numerusform>
            <numerusform>%n notebooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s)</source>
        <translation>
            <numerusform>%n file or folder</numerusform>
            <numerusform>%n files or folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::ExportRunner</name>
    <message numerus="yes">
        <source>%n page(s), %1</source>
        <translation>
            <numerusform>%n page, %1</numerusform>
            <numerusform>%n pages, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::MainWindow</name>
    <message numerus="yes">
        <source>Wrote %1. %n character(s) have no font here and are printed as their number.</source>
        <translation>
            <numerusform>Wrote %1. %n character has no font here and is printed as its number.</numerusform>
            <numerusform>Wrote %1. %n characters have no font here and are printed as their number.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) looked at. Undo takes it back.</source>
        <translation>
            <numerusform>%n image looked at. Undo takes it back.</numerusform>
            <numerusform>%n images looked at. Undo takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) no longer looked at. Undo takes it back.</source>
        <translation>
            <numerusform>%n image no longer looked at. Undo takes it back.</numerusform>
            <numerusform>%n images no longer looked at. Undo takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, and %n more place(s)</source>
        <translation>
            <numerusform>, and %n more place</numerusform>
            <numerusform>, and %n more places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decided: %n finding(s).</source>
        <translation>
            <numerusform>Decided: %n finding.</numerusform>
            <numerusform>Decided: %n findings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It holds for %n equal one(s) in other files too.</source>
        <translation>
            <numerusform>It holds for %n equal one in other files too.</numerusform>
            <numerusform>It holds for %n equal ones in other files too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::QuestionSheet</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::Session</name>
    <message numerus="yes">
        <source>%1, %n finding(s)</source>
        <translation>
            <numerusform>%1, %n finding</numerusform>
            <numerusform>%1, %n findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked: %n finding(s)</source>
        <translation>
            <numerusform>Checked: %n finding</numerusform>
            <numerusform>Checked: %n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::SeverityCount</name>
    <message numerus="yes">
        <source>%1: %n finding(s) in all that is open, without decided ones. Show only these.</source>
        <translation>
            <numerusform>%1: %n finding in all that is open, without decided ones. Show only these.</numerusform>
            <numerusform>%1: %n findings in all that is open, without decided ones. Show only these.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::StatusBar</name>
    <message numerus="yes">
        <source>%1, %n finding(s) decided</source>
        <translation>
            <numerusform>%1, %n finding decided</numerusform>
            <numerusform>%1, %n findings decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <comment>of a list</comment>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::StripSheet</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::Threats</name>
    <message numerus="yes">
        <source>%n decision(s) were changed in the file of the threat model.</source>
        <translation>
            <numerusform>%n decision was changed in the file of the threat model.</numerusform>
            <numerusform>%n decisions were changed in the file of the threat model.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were moved: what was decided about them follows.</source>
        <translation>
            <numerusform>%n file was moved: what was decided about it follows.</numerusform>
            <numerusform>%n files were moved: what was decided about them follows.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) became something else: what was decided about them follows.</source>
        <translation>
            <numerusform>%n file became something else: what was decided about them follows.</numerusform>
            <numerusform>%n files became something else: what was decided about them follows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::Triage</name>
    <message numerus="yes">
        <source>Decide %n finding(s)</source>
        <translation>
            <numerusform>Decide %n finding</numerusform>
            <numerusform>Decide %n findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n decision(s)</source>
        <translation>
            <numerusform>Remove %n decision</numerusform>
            <numerusform>Remove %n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n decision(s) along to the copy</source>
        <translation>
            <numerusform>Take %n decision along to the copy</numerusform>
            <numerusform>Take %n decisions along to the copy</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::app::Watching</name>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n finding</numerusform>
            <numerusform>%n findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) new</source>
        <translation>
            <numerusform>%n finding new</numerusform>
            <numerusform>%n findings new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) fixed</source>
        <translation>
            <numerusform>%n finding fixed</numerusform>
            <numerusform>%n findings fixed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) changed</source>
        <translation>
            <numerusform>%n finding changed</numerusform>
            <numerusform>%n findings changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::AttackPathList</name>
    <message numerus="yes">
        <source>%n open threat(s) on the way</source>
        <translation>
            <numerusform>%n open threat on the way</numerusform>
            <numerusform>%n open threats on the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n way(s) lead from zones that are not trusted to what must not fall. The shortest first.</source>
        <translation>
            <numerusform>More than %n way lead from zones that are not trusted to what must not fall. The shortest first.</numerusform>
            <numerusform>More than %n ways lead from zones that are not trusted to what must not fall. The shortest first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n way(s) lead from zones that are not trusted to what must not fall. The shortest first.</source>
        <translation>
            <numerusform>%n way lead from zones that are not trusted to what must not fall. The shortest first.</numerusform>
            <numerusform>%n ways lead from zones that are not trusted to what must not fall. The shortest first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::BlankDrawing</name>
    <message numerus="yes">
        <source>%n threat(s)</source>
        <translation>
            <numerusform>%n threat</numerusform>
            <numerusform>%n threats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n control(s)</source>
        <translation>
            <numerusform>%n control</numerusform>
            <numerusform>%n controls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n assumption(s)</source>
        <translation>
            <numerusform>%n assumption</numerusform>
            <numerusform>%n assumptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) that the scan made are hidden. The list of elements shows them again.</source>
        <translation>
            <numerusform>%n part that the scan made is hidden. The list of elements shows it again.</numerusform>
            <numerusform>%n parts that the scan made are hidden. The list of elements shows them again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::CompareDetail</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::CompareTablesView</name>
    <message numerus="yes">
        <source>%n tensor(s) alike in type and shape, but their numbers are not in both versions.</source>
        <translation>
            <numerusform>%n tensor alike in type and shape, but their numbers are not in both versions.</numerusform>
            <numerusform>%n tensors alike in type and shape, but their numbers are not in both versions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of the comparison of %1 are hidden by the filter.</source>
        <translation>
            <numerusform>%n row of the comparison of %1 are hidden by the filter.</numerusform>
            <numerusform>%n rows of the comparison of %1 are hidden by the filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::DiffModel</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) off: stays as it is</source>
        <translation>
            <numerusform>%n edit off: stays as it is</numerusform>
            <numerusform>%n edits off: stays as it is</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n of them elsewhere too</source>
        <translation>
            <numerusform>, %n of them elsewhere too</numerusform>
            <numerusform>, %n of them elsewhere too</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::EditModel</name>
    <message numerus="yes">
        <source>%1, %2, %3, %4, %n place(s)</source>
        <translation>
            <numerusform>%1, %2, %3, %4, %n place</numerusform>
            <numerusform>%1, %2, %3, %4, %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::FindingsView</name>
    <message numerus="yes">
        <source>0 of %n findings match</source>
        <translation>
            <numerusform>0 of %n finding match</numerusform>
            <numerusform>0 of %n findings match</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) chosen</source>
        <translation>
            <numerusform>%n finding chosen</numerusform>
            <numerusform>%n findings chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::FixPanel</name>
    <message numerus="yes">
        <source>%n finding(s) only a person can mend: see Review.</source>
        <translation>
            <numerusform>%n finding only a person can mend: see Review.</numerusform>
            <numerusform>%n findings only a person can mend: see Review.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 And %n more.</source>
        <translation>
            <numerusform>%1 And %n more.</numerusform>
            <numerusform>%1 And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::FixState</name>
    <message numerus="yes">
        <source>Switch %n edit(s) of %1 on</source>
        <translation>
            <numerusform>Switch %n edit of %1 on</numerusform>
            <numerusform>Switch %n edits of %1 on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Switch %n edit(s) of %1 off</source>
        <translation>
            <numerusform>Switch %n edit of %1 off</numerusform>
            <numerusform>Switch %n edits of %1 off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) left out: judged again, the file still shows such values. Take these out by hand.</source>
        <translation>
            <numerusform>%n edit left out: judged again, the file still shows such values. Take these out by hand.</numerusform>
            <numerusform>%n edits left out: judged again, the file still shows such values. Take these out by hand.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::FixView</name>
    <message numerus="yes">
        <source>It does not meet the profile %1 for %n reason(s) that no program can mend. Change the notebook yourself, or decide in Review with T; it is checked again at once.</source>
        <translation>
            <numerusform>It does not meet the profile %1 for %n reason that no program can mend. Change the notebook yourself, or decide in Review with T; it is checked again at once.</numerusform>
            <numerusform>It does not meet the profile %1 for %n reasons that no program can mend. Change the notebook yourself, or decide in Review with T; it is checked again at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::FoldSlider</name>
    <message numerus="yes">
        <source>Fold what is alike beyond %n element(s); what you touched stays</source>
        <translation>
            <numerusform>Fold what is alike beyond %n element; what you touched stays</numerusform>
            <numerusform>Fold what is alike beyond %n elements; what you touched stays</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fold beyond %n element(s)</source>
        <translation>
            <numerusform>Fold beyond %n element</numerusform>
            <numerusform>Fold beyond %n elements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ForeignBand</name>
    <message numerus="yes">
        <source>This folder brings %n decision(s) you have not confirmed</source>
        <translation>
            <numerusform>This folder brings %n decision you have not confirmed</numerusform>
            <numerusform>This folder brings %n decisions you have not confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>By %1 and %n more. </source>
        <translation>
            <numerusform>By %1 and %n more. </numerusform>
            <numerusform>By %1 and %n more. </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They would settle %n finding(s).</source>
        <translation>
            <numerusform>They would settle %n finding.</numerusform>
            <numerusform>They would settle %n findings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They would change %n threat(s) or part(s) of the model.</source>
        <translation>
            <numerusform>They would change %n threat or part of the model.</numerusform>
            <numerusform>They would change %n threats or parts of the model.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::FrameworkLens</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refuted by the scan</source>
        <translation>
            <numerusform>%n refuted by the scan</numerusform>
            <numerusform>%n refuted by the scan</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::GalleryDetail</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::GalleryView</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were looked through: outputs, attachments, pictures inside texts, and image files.</source>
        <translation>
            <numerusform>%n file was looked through: outputs, attachments, pictures inside texts, and image files.</numerusform>
            <numerusform>%n files were looked through: outputs, attachments, pictures inside texts, and image files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s), each marked by a person.</source>
        <translation>
            <numerusform>%n image, each marked by a person.</numerusform>
            <numerusform>%n images, each marked by a person.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s): none says where, when or by whom it was made, and nothing lies behind the end of one.</source>
        <translation>
            <numerusform>%n image: none says where, when or by whom it was made, and nothing lies behind the end of one.</numerusform>
            <numerusform>%n images: none says where, when or by whom it was made, and nothing lies behind the end of one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them SVG, searched as text</source>
        <translation>
            <numerusform>%n of them SVG, searched as text</numerusform>
            <numerusform>%n of them SVG, searched as text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n that are no picture</source>
        <comment>images</comment>
        <translation>
            <numerusform>and %n that is no picture</numerusform>
            <numerusform>and %n that are no picture</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) that only talk of a picture.</source>
        <translation>
            <numerusform>%n place that only talk of a picture.</numerusform>
            <numerusform>%n places that only talk of a picture.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::GraphPage</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s)</source>
        <translation>
            <numerusform>%n edge</numerusform>
            <numerusform>%n edges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s) between them</source>
        <translation>
            <numerusform>%n edge between them</numerusform>
            <numerusform>%n edges between them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s), output(s) and constant(s)</source>
        <translation>
            <numerusform>%n input, output and constant</numerusform>
            <numerusform>%n inputs, outputs and constants</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::HashCard</name>
    <message numerus="yes">
        <source>%n pages, </source>
        <translation>
            <numerusform>%n page, </numerusform>
            <numerusform>%n pages, </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::HeatGrid</name>
    <message numerus="yes">
        <source>Likelihood %1, impact %2: %n threat(s)</source>
        <translation>
            <numerusform>Likelihood %1, impact %2: %n threat</numerusform>
            <numerusform>Likelihood %1, impact %2: %n threats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::HistoryPanel</name>
    <message numerus="yes">
        <source>%n event(s), the newest first.</source>
        <translation>
            <numerusform>%n event, the newest first.</numerusform>
            <numerusform>%n events, the newest first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) among the newest that were looked through.</source>
        <translation>
            <numerusform>%n event among the newest that were looked through.</numerusform>
            <numerusform>%n events among the newest that were looked through.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::HistoryView</name>
    <message numerus="yes">
        <source>%n threat(s) differ</source>
        <translation>
            <numerusform>%n threat differ</numerusform>
            <numerusform>%n threats differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) do not say what was there before: what came of them is shown.</source>
        <translation>
            <numerusform>%n change do not say what was there before: what came of them is shown.</numerusform>
            <numerusform>%n changes do not say what was there before: what came of them is shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::HomeView</name>
    <message numerus="yes">
        <source>0 of %n recent(s) match</source>
        <translation>
            <numerusform>0 of %n recent match</numerusform>
            <numerusform>0 of %n recents match</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::InspectorPage</name>
    <message numerus="yes">
        <source>%1, %n places</source>
        <translation>
            <numerusform>%1, %n place</numerusform>
            <numerusform>%1, %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more place(s), counted but not listed.</source>
        <translation>
            <numerusform>%n more place, counted but not listed.</numerusform>
            <numerusform>%n more places, counted but not listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::LineageAnswers</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::LineageBar</name>
    <message numerus="yes">
        <source>%n cell(s) ran out of order</source>
        <translation>
            <numerusform>%n cell ran out of order</numerusform>
            <numerusform>%n cells ran out of order</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::LineageInspector</name>
    <message numerus="yes">
        <source>And %n more</source>
        <translation>
            <numerusform>And %n more</numerusform>
            <numerusform>And %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::LineageLegend</name>
    <message numerus="yes">
        <source>%n node(s) not on this path</source>
        <translation>
            <numerusform>%n node not on this path</numerusform>
            <numerusform>%n nodes not on this path</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::LineageView</name>
    <message numerus="yes">
        <source>%1: %n step(s)</source>
        <translation>
            <numerusform>%1: %n step</numerusform>
            <numerusform>%1: %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of code were followed; none reads, makes or writes anything that Cupel knows.</source>
        <translation>
            <numerusform>%n file of code were followed; none reads, makes or writes anything that Cupel knows.</numerusform>
            <numerusform>%n files of code were followed; none reads, makes or writes anything that Cupel knows.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more, listed under Why.</source>
        <translation>
            <numerusform>And %n more, listed under Why.</numerusform>
            <numerusform>And %n more, listed under Why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons in all</source>
        <translation>
            <numerusform>%n reason in all</numerusform>
            <numerusform>%n reasons in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ModelNavigator</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n file(s), and no member, has these words in its path.</source>
        <translation>
            <numerusform>None of the %n file, and no member, has these words in its path.</numerusform>
            <numerusform>None of the %n files, and no member, has these words in its path.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ModelView</name>
    <message numerus="yes">
        <source>%1 to %2, %n byte(s) selected</source>
        <translation>
            <numerusform>%1 to %2, %n byte selected</numerusform>
            <numerusform>%1 to %2, %n bytes selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::NotebookView</name>
    <message numerus="yes">
        <source>%n cells</source>
        <translation>
            <numerusform>%n cell</numerusform>
            <numerusform>%n cells</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ObjectPage</name>
    <message numerus="yes">
        <source>%n row(s), Enter: the next</source>
        <translation>
            <numerusform>%n row, Enter: the next</numerusform>
            <numerusform>%n rows, Enter: the next</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::PartList</name>
    <message numerus="yes">
        <source>%n threat(s)</source>
        <translation>
            <numerusform>%n threat</numerusform>
            <numerusform>%n threats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Draw %n new element(s)</source>
        <translation>
            <numerusform>Draw %n new element</numerusform>
            <numerusform>Draw %n new elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring back %n part(s)</source>
        <translation>
            <numerusform>Bring back %n part</numerusform>
            <numerusform>Bring back %n parts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ReportOptions</name>
    <message numerus="yes">
        <source>%n characters have no font on this machine and are printed as their number.</source>
        <translation>
            <numerusform>%n character has no font on this machine and is printed as its number.</numerusform>
            <numerusform>%n characters have no font on this machine and are printed as their number.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::RulePanel</name>
    <message numerus="yes">
        <source>It fires at %n place(s).</source>
        <translation>
            <numerusform>It fires at %n place.</numerusform>
            <numerusform>It fires at %n places.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>%n rule</numerusform>
            <numerusform>%n rules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ScopingCards</name>
    <message numerus="yes">
        <source>About %n element(s).</source>
        <translation>
            <numerusform>About %n element.</numerusform>
            <numerusform>About %n elements.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) to answer</source>
        <translation>
            <numerusform>%n question to answer</numerusform>
            <numerusform>%n questions to answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n element(s); your answer counts, the scan says something else:</source>
        <translation>
            <numerusform>About %n element; your answer counts, the scan says something else:</numerusform>
            <numerusform>About %n elements; your answer counts, the scan says something else:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answered by the scan for %n element(s) (%1); your answer counts more.</source>
        <translation>
            <numerusform>Answered by the scan for %n element (%1); your answer counts more.</numerusform>
            <numerusform>Answered by the scan for %n elements (%1); your answer counts more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::TensorTable</name>
    <message numerus="yes">
        <source>None of the %n tensor(s) has these words in its name.</source>
        <translation>
            <numerusform>None of the %n tensor has these words in its name.</numerusform>
            <numerusform>None of the %n tensors has these words in its name.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ThreatCopies</name>
    <message numerus="yes">
        <source>Copied: %n element(s) and what belongs to them.</source>
        <translation>
            <numerusform>Copied: %n element and what belongs to them.</numerusform>
            <numerusform>Copied: %n elements and what belongs to them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n element(s)</source>
        <translation>
            <numerusform>Duplicate %n element</numerusform>
            <numerusform>Duplicate %n elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n element(s)</source>
        <translation>
            <numerusform>Paste %n element</numerusform>
            <numerusform>Paste %n elements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ThreatInspector</name>
    <message numerus="yes">
        <source>Evidence: %n finding(s)</source>
        <translation>
            <numerusform>Evidence: %n finding</numerusform>
            <numerusform>Evidence: %n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ThreatNavigator</name>
    <message numerus="yes">
        <source>Rules were asked about %n element(s) and none of them applies. Answers to the questions can change that.</source>
        <translation>
            <numerusform>Rules were asked about %n element and none of them applies. Answers to the questions can change that.</numerusform>
            <numerusform>Rules were asked about %n elements and none of them applies. Answers to the questions can change that.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ThreatView</name>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s)</source>
        <translation>
            <numerusform>%n flow</numerusform>
            <numerusform>%n flows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n zone(s)</source>
        <translation>
            <numerusform>%n zone</numerusform>
            <numerusform>%n zones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1” is in place on %2, against %n threat(s).</source>
        <translation>
            <numerusform>“%1” is in place on %2, against %n threat.</numerusform>
            <numerusform>“%1” is in place on %2, against %n threats.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::ThreatWork</name>
    <message numerus="yes">
        <source>Move %n element(s)</source>
        <translation>
            <numerusform>Move %n element</numerusform>
            <numerusform>Move %n elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n element(s)</source>
        <translation>
            <numerusform>Align %n element</numerusform>
            <numerusform>Align %n elements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::TriageForm</name>
    <message numerus="yes">
        <source>One decision for %n finding(s). Undo takes all of it back at once.</source>
        <translation>
            <numerusform>One decision for %n finding. Undo takes all of it back at once.</numerusform>
            <numerusform>One decision for %n findings. Undo takes all of it back at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide %n finding(s)</source>
        <translation>
            <numerusform>Decide %n finding</numerusform>
            <numerusform>Decide %n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::VerdictCard</name>
    <message numerus="yes">
        <source>after %n edit(s), checked again</source>
        <translation>
            <numerusform>after %n edit, checked again</numerusform>
            <numerusform>after %n edits, checked again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) left</source>
        <translation>
            <numerusform>%n finding left</numerusform>
            <numerusform>%n findings left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) taken out</source>
        <translation>
            <numerusform>%n finding taken out</numerusform>
            <numerusform>%n findings taken out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reason(s) left</source>
        <translation>
            <numerusform>%n reason left</numerusform>
            <numerusform>%n reasons left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s): look at them</source>
        <translation>
            <numerusform>%n stays: look at it</numerusform>
            <numerusform>%n stay: look at them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n accepted finding(s) in it</source>
        <translation>
            <numerusform>with %n accepted finding in it</numerusform>
            <numerusform>with %n accepted findings in it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, answered for</source>
        <translation>
            <numerusform>%n finding stays, answered for</numerusform>
            <numerusform>%n findings stay, answered for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, accepted by %1</source>
        <translation>
            <numerusform>%n finding stays, accepted by %1</numerusform>
            <numerusform>%n findings stay, accepted by %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, a comment in the file allows it</source>
        <translation>
            <numerusform>%n finding stays, a comment in the file allows it</numerusform>
            <numerusform>%n findings stay, a comment in the file allows it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>after %n edit(s), with what is said below</source>
        <translation>
            <numerusform>after %n edit, with what is said below</numerusform>
            <numerusform>after %n edits, with what is said below</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, called a false positive by %1</source>
        <translation>
            <numerusform>%n finding stays, called a false positive by %1</numerusform>
            <numerusform>%n findings stay, called a false positive by %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, called test data by %1</source>
        <translation>
            <numerusform>%n finding stays, called test data by %1</numerusform>
            <numerusform>%n findings stay, called test data by %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, called mitigated by %1</source>
        <translation>
            <numerusform>%n finding stays, called mitigated by %1</numerusform>
            <numerusform>%n findings stay, called mitigated by %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>after %n edit(s)</source>
        <translation>
            <numerusform>after %n edit</numerusform>
            <numerusform>after %n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n milder finding(s) stay, answered for</source>
        <translation>
            <numerusform>%n milder finding stays, answered for</numerusform>
            <numerusform>%n milder findings stay, answered for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n finding(s) in it that somebody answered for</source>
        <translation>
            <numerusform>with %n finding in it that somebody answered for</numerusform>
            <numerusform>with %n findings in it that somebody answered for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n finding(s) in it called a false positive</source>
        <translation>
            <numerusform>with %n finding in it called a false positive</numerusform>
            <numerusform>with %n findings in it called a false positive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n finding(s) in it called test data</source>
        <translation>
            <numerusform>with %n finding in it called test data</numerusform>
            <numerusform>with %n findings in it called test data</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n finding(s) in it called mitigated</source>
        <translation>
            <numerusform>with %n finding in it called mitigated</numerusform>
            <numerusform>with %n findings in it called mitigated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A person has looked at %n pictures</source>
        <translation>
            <numerusform>A person has looked at %n picture</numerusform>
            <numerusform>A person has looked at %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, left unfixed by %1</source>
        <translation>
            <numerusform>%n finding stays, left unfixed by %1</numerusform>
            <numerusform>%n findings stay, left unfixed by %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>with %n finding(s) in it left unfixed</source>
        <translation>
            <numerusform>with %n finding in it left unfixed</numerusform>
            <numerusform>with %n findings in it left unfixed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, called a false positive</source>
        <translation>
            <numerusform>%n finding stays, called a false positive</numerusform>
            <numerusform>%n findings stay, called a false positive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, called test data</source>
        <translation>
            <numerusform>%n finding stays, called test data</numerusform>
            <numerusform>%n findings stay, called test data</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, called mitigated</source>
        <translation>
            <numerusform>%n finding stays, called mitigated</numerusform>
            <numerusform>%n findings stay, called mitigated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, left unfixed</source>
        <translation>
            <numerusform>%n finding stays, left unfixed</numerusform>
            <numerusform>%n findings stay, left unfixed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) stay, accepted</source>
        <translation>
            <numerusform>%n finding stays, accepted</numerusform>
            <numerusform>%n findings stay, accepted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cupel::widgets::WrittenBand</name>
    <message numerus="yes">
        <source>%n credential(s) taken out. Whoever has seen the old file can still use them: revoke them where they were issued.</source>
        <translation>
            <numerusform>%n credential taken out. Whoever has seen the old file can still use it: revoke it where it was issued.</numerusform>
            <numerusform>%n credentials taken out. Whoever has seen the old file can still use them: revoke them where they were issued.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s) equal to a value that was taken out stay: look whether they are it.</source>
        <translation>
            <numerusform>%n word equal to a value that was taken out stays: look whether it is the value.</numerusform>
            <numerusform>%n words equal to a value that was taken out stay: look whether they are it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) left of the kinds the profile asks about, too mild or not sure enough for it.</source>
        <translation>
            <numerusform>%n finding left of the kinds the profile asks about, too mild or not sure enough for it.</numerusform>
            <numerusform>%n findings left of the kinds the profile asks about, too mild or not sure enough for it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) you have answered for will be asked about again: decisions stay with their folder, and the copy lies elsewhere.</source>
        <translation>
            <numerusform>%n finding you have answered for will be asked about again: decisions stay with their folder, and the copy lies elsewhere.</numerusform>
            <numerusform>%n findings you have answered for will be asked about again: decisions stay with their folder, and the copy lies elsewhere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) you have answered for will be asked about again: what is kept about the copy itself does not answer for them.</source>
        <translation>
            <numerusform>%n finding you have answered for will be asked about again: what is kept about the copy itself does not answer for them.</numerusform>
            <numerusform>%n findings you have answered for will be asked about again: what is kept about the copy itself does not answer for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s) of a name that was taken out stay: look whether they mean the same.</source>
        <translation>
            <numerusform>%n word of a name that was taken out stays: look whether they mean the same.</numerusform>
            <numerusform>%n words of a name that was taken out stay: look whether they mean the same.</numerusform>
        </translation>
    </message>
</context>
</TS>
