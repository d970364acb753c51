package io.purser.agent.template;

import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.TemplateContext;

/** A parsed template. Immutable and safe for use by several threads; each rendering is on its own. */
public final class Template {
    private final String name;

    private Template(String name) {
        this.name = name;
    }

    /**
     * Parses a template.
     *
     * @param name what the user calls it, for messages
     * @param text the template's text
     * @throws TemplateException if it cannot be parsed
     */
    public static Template parse(String name, String text, TemplateOptions options) {
        return new Template(name);
    }

    /** The name the template was parsed with. */
    public String name() {
        return name;
    }

    /**
     * Renders the template; what it needs is fetched from the context while it is evaluated.
     *
     * @return the output; text only, see {@link #renderBytes} for templates that decode binary values
     * @throws TemplateException if the template fails; it never shows a secret's value
     * @throws io.purser.agent.template.source.SourceException from the context, untouched
     */
    public String render(TemplateContext context) {
        return new String(renderBytes(context), java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * Renders the template to the bytes of the file.
     *
     * @throws TemplateException if the template fails; it never shows a secret's value
     * @throws io.purser.agent.template.source.SourceException from the context, untouched
     */
    public byte[] renderBytes(TemplateContext context) {
        if (name.isEmpty()) {
            return new byte[0];
        }
        throw new UnsupportedOperationException(name + ": rendering follows with the evaluator, " + context.now());
    }
}
