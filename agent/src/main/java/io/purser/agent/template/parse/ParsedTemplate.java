package io.purser.agent.template.parse;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template's tree with the named templates it defines.
 *
 * @param name what the user calls it
 * @param text its source, for messages
 * @param root what is rendered
 * @param definitions by name, from {@code define} and {@code block}
 */
public record ParsedTemplate(String name, String text, Node.Sequence root, Map<String, Node.Sequence> definitions) {

    /** Copies the definitions. */
    public ParsedTemplate {
        definitions = Map.copyOf(definitions);
    }

    /** The template of that name; the empty name is the whole, as in Go. */
    public Node.@Nullable Sequence definition(String definitionName) {
        Node.Sequence definition = definitions.get(definitionName);
        return definition == null && definitionName.isEmpty() ? root : definition;
    }

    /** An error at a place of this template. */
    public TemplateException error(int offset, String reason) {
        return new TemplateException(name, text, offset, reason);
    }

    @Override
    public String toString() {
        return "ParsedTemplate[" + name + "]";
    }
}
