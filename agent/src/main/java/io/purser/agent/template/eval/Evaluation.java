package io.purser.agent.template.eval;

import io.purser.agent.template.function.Scratch;
import io.purser.agent.template.function.Session;
import io.purser.agent.template.parse.Node;
import io.purser.agent.template.parse.ParsedTemplate;
import io.purser.agent.template.parse.Spelling;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.source.TemplateContext;
import io.purser.agent.template.value.FunctionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rendering of one template: its bounds, its scratch, and the templates it defines. */
public final class Evaluation implements Session {
    private final ParsedTemplate template;
    private final TemplateContext context;
    private final boolean errorOnMissingKey;
    private final Budget budget = new Budget();
    private final Scratch scratch = new Scratch();
    private int callOffset;

    private Evaluation(ParsedTemplate template, boolean errorOnMissingKey, TemplateContext context) {
        this.template = template;
        this.errorOnMissingKey = errorOnMissingKey;
        this.context = context;
    }

    /**
     * Renders a template.
     *
     * @throws TemplateException if the template fails
     */
    public static String render(ParsedTemplate template, boolean errorOnMissingKey, TemplateContext context) {
        Evaluation evaluation = new Evaluation(template, errorOnMissingKey, context);
        return evaluation.run(template.root(), null, 0);
    }

    private String run(Node.Sequence body, @Nullable Object dot, int offset) {
        StringBuilder out = new StringBuilder();
        call(body, dot, offset, out);
        return out.toString();
    }

    /** Renders a named template into the output, as {@code {{template}}} does. */
    void call(Node.Sequence body, @Nullable Object dot, int offset, StringBuilder out) {
        guard(offset, budget::enterTemplate);
        Walker walker = new Walker(this, new Scope(dot), out);
        if (budget.needsDeepStack()) {
            DeepStack.run(() -> walker.walk(body, dot));
            budget.leaveDeepStack();
        } else {
            walker.walk(body, dot);
        }
        budget.leaveTemplate();
    }

    Node.Sequence definition(String name, int offset) {
        Node.Sequence body = template.definition(name);
        if (body == null) {
            throw error(
                    offset,
                    "there is no template \"" + name + "\""
                            + Spelling.suggestion(name, template.definitions().keySet()));
        }
        return body;
    }

    /** Does something that may exceed a bound; the error then points at the offset. */
    void guard(int offset, Runnable action) {
        try {
            action.run();
        } catch (FunctionException e) {
            throw error(offset, e.reason());
        }
    }

    TemplateException error(int offset, String reason) {
        return template.error(offset, reason);
    }

    /** Remembers where the function stands that is about to be called. */
    void calling(int offset) {
        callOffset = offset;
    }

    Budget budget() {
        return budget;
    }

    boolean errorOnMissingKey() {
        return errorOnMissingKey;
    }

    @Override
    public TemplateContext context() {
        return context;
    }

    @Override
    public Scratch scratch() {
        return scratch;
    }

    @Override
    public void spend(int steps) {
        budget.spend(steps);
    }

    @Override
    public String execute(String name, @Nullable Object dot) {
        int offset = callOffset;
        return run(definition(name, offset), dot, offset);
    }

    /** The names of the templates that can be called. */
    List<String> definitions() {
        return template.definitions().keySet().stream().sorted().toList();
    }
}
