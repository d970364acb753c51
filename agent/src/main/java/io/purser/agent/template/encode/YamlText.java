package io.purser.agent.template.encode;

import io.purser.agent.template.value.GoText;

/** What a text holds that decides in which of YAML's styles it can be written. */
final class YamlText {
    final boolean multiline;
    final boolean plainAllowed;
    final boolean singleQuotedAllowed;
    final boolean blockAllowed;

    /** What has been seen so far, while the characters are looked at one after the other. */
    private boolean indicators;

    private boolean breaks;
    private boolean special;
    private boolean blankAtEdge;
    private boolean trailingSpace;
    private boolean breakSpace;
    private boolean spaceBreak;

    YamlText(String text) {
        int[] characters = GoText.characters(text);
        indicators = text.startsWith("---") || text.startsWith("...");
        int previous = '\n';
        boolean previousSpace = false;
        boolean previousBreak = false;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            boolean last = i == characters.length - 1;
            boolean blankFollows = last || characters[i + 1] == ' ' || characters[i + 1] == '\t';
            indicators |= i == 0 ? startsNode(c, blankFollows) : continuesNode(c, blankFollows, previous);
            special |= !isPrintable(c);
            boolean isSpace = c == ' ';
            boolean isBreak = isBreak(c);
            blankAtEdge |= (isSpace || isBreak) && (i == 0 || last);
            trailingSpace |= isSpace && last;
            breaks |= isBreak;
            breakSpace |= isSpace && previousBreak;
            spaceBreak |= isBreak && previousSpace;
            previousSpace = isSpace;
            previousBreak = isBreak;
            previous = c;
        }
        multiline = breaks;
        boolean empty = characters.length == 0;
        plainAllowed = !blankAtEdge && !breakSpace && !spaceBreak && !special && !breaks && !indicators;
        singleQuotedAllowed = !breakSpace && !spaceBreak && !special;
        blockAllowed = !empty && !trailingSpace && !spaceBreak && !special;
    }

    private static boolean startsNode(int c, boolean blankFollows) {
        return "#,[]{}&*!|>'\"%@`".indexOf(c) >= 0 || ("?:-".indexOf(c) >= 0 && blankFollows);
    }

    private static boolean continuesNode(int c, boolean blankFollows, int previous) {
        boolean afterBlank = previous == ' ' || previous == '\t' || previous == 0 || isBreak(previous);
        return (c == ':' && blankFollows) || (c == '#' && afterBlank);
    }

    /** yaml.v2's notion, which leaves out everything beyond the basic plane. */
    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= ' ' && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    static boolean isBreak(int c) {
        return c == '\r' || c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
