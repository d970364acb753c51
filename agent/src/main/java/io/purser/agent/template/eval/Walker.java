package io.purser.agent.template.eval;

import io.purser.agent.template.parse.Node;
import io.purser.agent.template.value.GoChannel;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the tree of one template and writes its output. */
final class Walker {
    /** How a node ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Evaluation evaluation;
    private final Scope scope;
    private final StringBuilder out;
    private final Pipelines pipelines;

    Walker(Evaluation evaluation, Scope scope, StringBuilder out) {
        this.evaluation = evaluation;
        this.scope = scope;
        this.out = out;
        this.pipelines = new Pipelines(evaluation, scope);
    }

    void walk(Node.Sequence body, @Nullable Object dot) {
        sequence(body, dot);
    }

    private Flow sequence(Node.Sequence body, @Nullable Object dot) {
        evaluation.guard(body.offset(), evaluation.budget()::enter);
        Flow flow = Flow.ON;
        for (Node node : body.nodes()) {
            flow = node(node, dot);
            if (flow != Flow.ON) {
                break;
            }
        }
        evaluation.budget().leave();
        return flow;
    }

    private Flow node(Node node, @Nullable Object dot) {
        if (node instanceof Node.Text text) {
            write(text.offset(), text.text());
        } else if (node instanceof Node.Action action) {
            action(action, dot);
        } else if (node instanceof Node.If branch) {
            return branch(branch, dot);
        } else if (node instanceof Node.With with) {
            return with(with, dot);
        } else if (node instanceof Node.Range range) {
            range(range, dot);
        } else if (node instanceof Node.Call call) {
            call(call, dot);
        } else if (node instanceof Node.Break) {
            return Flow.BREAK;
        } else if (node instanceof Node.Continue) {
            return Flow.CONTINUE;
        }
        return Flow.ON;
    }

    private void write(int offset, String text) {
        evaluation.guard(offset, () -> evaluation.budget().write(out, text));
    }

    private void action(Node.Action action, @Nullable Object dot) {
        Object value = pipelines.evaluate(action.pipeline(), dot);
        if (!action.pipeline().variables().isEmpty()) {
            return;
        }
        if (value instanceof GoChannel) {
            throw evaluation.error(action.offset(), "a loop cannot be printed, range over it");
        }
        evaluation.guard(action.offset(), () -> evaluation.budget().write(out, Printable.text(value)));
    }

    private Flow branch(Node.If branch, @Nullable Object dot) {
        int mark = scope.mark();
        Flow flow = Flow.ON;
        if (Values.isTrue(pipelines.evaluate(branch.condition(), dot))) {
            flow = sequence(branch.then(), dot);
        } else if (branch.otherwise() != null) {
            flow = sequence(branch.otherwise(), dot);
        }
        scope.release(mark);
        return flow;
    }

    private Flow with(Node.With with, @Nullable Object dot) {
        int mark = scope.mark();
        Object value = pipelines.evaluate(with.value(), dot);
        Flow flow = Flow.ON;
        if (Values.isTrue(value)) {
            flow = sequence(with.body(), value);
        } else if (with.otherwise() != null) {
            flow = sequence(with.otherwise(), dot);
        }
        scope.release(mark);
        return flow;
    }

    private void call(Node.Call call, @Nullable Object dot) {
        Node.Sequence body = evaluation.definition(call.name(), call.offset());
        Object argument = call.argument() == null ? null : pipelines.evaluate(call.argument(), dot);
        evaluation.call(body, argument, call.offset(), out);
    }

    private void range(Node.Range range, @Nullable Object dot) {
        int mark = scope.mark();
        Object value = pipelines.evaluate(range.value(), dot);
        int bodyMark = scope.mark();
        boolean any = iterate(range, value, bodyMark);
        if (!any && range.otherwise() != null) {
            sequence(range.otherwise(), dot);
        }
        scope.release(mark);
    }

    /** Tells whether there was at least one iteration. */
    private boolean iterate(Node.Range range, @Nullable Object value, int mark) {
        Iteration iteration = new Iteration(range, mark);
        if (value instanceof GoMap map) {
            for (Object key : map.sortedKeys()) {
                if (!iteration.run(key, map.element(key))) {
                    return true;
                }
            }
            return map.size() > 0;
        }
        if (value instanceof GoList list) {
            for (int i = 0; i < list.size(); i++) {
                if (!iteration.run((long) i, list.get(i))) {
                    return true;
                }
            }
            return list.size() > 0;
        }
        if (value instanceof GoChannel channel) {
            boolean any = channel.hasNext();
            for (long i = 0; channel.hasNext(); i++) {
                if (!iteration.run(i, channel.next())) {
                    return true;
                }
            }
            return any;
        }
        return iterateNumber(range, value, iteration);
    }

    private boolean iterateNumber(Node.Range range, @Nullable Object value, Iteration iteration) {
        if (value == null) {
            return false;
        }
        if (!Values.isInteger(value)) {
            throw evaluation.error(
                    range.value().offset(), "range cannot go over a value of type " + Values.typeName(value));
        }
        if (range.value().variables().size() > 1) {
            throw evaluation.error(range.value().offset(), "range over a number gives one variable, not two");
        }
        long end = Values.integer(value);
        for (long i = 0; i < end; i++) {
            if (!iteration.run(null, value instanceof GoInt n ? new GoInt(n.kind(), n.type(), i) : (Object) i)) {
                break;
            }
        }
        return end > 0;
    }

    /** Runs the body of one range again and again. */
    private final class Iteration {
        private final Node.Range range;
        private final int mark;

        Iteration(Node.Range range, int mark) {
            this.range = range;
            this.mark = mark;
        }

        /** False if the range was left. */
        boolean run(@Nullable Object index, Object element) {
            List<String> variables = range.value().variables();
            if (!variables.isEmpty()) {
                set(variables, variables.size() - 1, element);
            }
            if (variables.size() > 1) {
                set(variables, 0, index);
            }
            Flow flow = sequence(range.body(), element);
            scope.release(mark);
            return flow != Flow.BREAK;
        }

        private void set(List<String> variables, int which, @Nullable Object value) {
            if (range.value().assign()) {
                scope.assign(variables.get(which), value);
            } else {
                scope.setFromTop(variables.size() - which, value);
            }
        }
    }
}
