package io.purser.webhook.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a stream of YAML documents into their texts, so that a document that stays as it is keeps every byte. */
public final class YamlStream {

    /** At the beginning of a line this ends a document wherever it stands, within block scalars too (YAML 1.2, rule 206). */
    private static final Pattern SEPARATOR = Pattern.compile("^---(?=\\s|$)", Pattern.MULTILINE);

    private YamlStream() {}

    /**
     * Reads all documents of a text; joined, their texts are the text.
     *
     * @param source the file's name, for messages
     * @throws ManifestException when a document is not YAML
     */
    public static List<YamlDocument> read(String source, String text) throws ManifestException {
        List<YamlDocument> documents = new ArrayList<>();
        Matcher separator = SEPARATOR.matcher(text);
        int start = 0;
        int line = 1;
        while (separator.find()) {
            if (separator.start() > start) {
                String document = text.substring(start, separator.start());
                documents.add(YamlDocument.parse(new Position(source, line), document));
                line += (int) document.chars().filter(c -> c == '\n').count();
                start = separator.start();
            }
        }
        documents.add(YamlDocument.parse(new Position(source, line), text.substring(start)));
        return documents;
    }
}
