package io.purser.webhook.cli.manifest;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A scalar of a JSON text, or a key of one: it is written again as it was. */
final class JsonScalar extends ScalarNode {

    private final String source;

    JsonScalar(Tag tag, String value, String source, @Nullable Mark start) {
        super(tag, value, start, start, tag.equals(Tag.STR) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
        this.source = source;
    }

    /** As it was written, quotes included. */
    String source() {
        return source;
    }
}
