package io.purser.agent.template;

import io.purser.agent.template.eval.Evaluation;
import io.purser.agent.template.function.FunctionTable;
import io.purser.agent.template.parse.ParsedTemplate;
import io.purser.agent.template.parse.Parser;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.TemplateContext;
import io.purser.agent.template.value.GoText;

/** A parsed template. Immutable and safe for use by several threads; each rendering is on its own. */
public final class Template {
    private final ParsedTemplate parsed;
    private final TemplateOptions options;

    private Template(ParsedTemplate parsed, TemplateOptions options) {
        this.parsed = parsed;
        this.options = options;
    }

    /**
     * Parses a template.
     *
     * @param name what the user calls it, for messages
     * @param text the template's text
     * @throws TemplateException if it cannot be parsed
     */
    public static Template parse(String name, String text, TemplateOptions options) {
        return new Template(Parser.parse(name, text, options, FunctionTable.INSTANCE), options);
    }

    /** The name the template was parsed with. */
    public String name() {
        return parsed.name();
    }

    /**
     * Renders the template to text; what it needs is fetched from the context while it is evaluated. Bytes that are not
     * UTF-8, as a template that decodes binary values makes them, become U+FFFD: see {@link #renderBytes}.
     *
     * @throws TemplateException if the template fails; it never shows a secret's value
     * @throws io.purser.agent.template.source.SourceException from the context, untouched
     */
    public String render(TemplateContext context) {
        return GoText.valid(evaluate(context));
    }

    /**
     * Renders the template to the bytes of the file.
     *
     * @throws TemplateException if the template fails; it never shows a secret's value
     * @throws io.purser.agent.template.source.SourceException from the context, untouched
     */
    public byte[] renderBytes(TemplateContext context) {
        return GoText.bytes(evaluate(context));
    }

    private String evaluate(TemplateContext context) {
        return Evaluation.render(parsed, options.errorOnMissingKey(), context);
    }

    @Override
    public String toString() {
        return "Template[" + parsed.name() + "]";
    }
}
