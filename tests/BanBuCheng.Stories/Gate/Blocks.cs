using CsCheck;

namespace BanBuCheng.Stories.Gate;

/// <summary>A flow put together by the drawing rules: what branches meets again in the right join, every loop is a part of its own.</summary>
internal abstract record Block
{
    private Block() { }

    /// <summary>The working days of the slowest way through, returns left out.</summary>
    public abstract int Slowest { get; }

    public sealed record Ask(int Days) : Block { public override int Slowest => Days; }
    public sealed record Automatic : Block { public override int Slowest => 0; }
    public sealed record Then(Block First, Block Second) : Block { public override int Slowest => First.Slowest + Second.Slowest; }
    public sealed record Choose(int Days, Block One, Block Other) : Block { public override int Slowest => Days + Math.Max(One.Slowest, Other.Slowest); }
    public sealed record Together(Block One, Block Other) : Block { public override int Slowest => Math.Max(One.Slowest, Other.Slowest); }

    /// <summary>Whoever is first: the slowest first is the faster of the two at its slowest.</summary>
    public sealed record Race(int One, int Other) : Block { public override int Slowest => Math.Min(One, Other); }
    public sealed record Again(int Days, int MaxRounds) : Block { public override int Slowest => Days; }

    public static Gen<Block> Any(int depth) => depth == 0
        ? Gen.Frequency((4, Gen.Int[0, 2].Select(d => (Block)new Ask(d))), (1, Gen.Const((Block)new Automatic())))
        : Gen.Frequency(
            (2, Any(0)),
            (3, Gen.Select(Any(depth - 1), Any(depth - 1)).Select(p => (Block)new Then(p.Item1, p.Item2))),
            (2, Gen.Select(Gen.Int[0, 2], Any(depth - 1), Any(depth - 1)).Select(p => (Block)new Choose(p.Item1, p.Item2, p.Item3))),
            (1, Gen.Select(Any(depth - 1), Any(depth - 1)).Select(p => (Block)new Together(p.Item1, p.Item2))),
            (1, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).Select(p => (Block)new Race(p.Item1, p.Item2))),
            (1, Gen.Select(Gen.Int[0, 2], Gen.Int[1, 2]).Select(p => (Block)new Again(p.Item1, p.Item2))));

    /// <summary>The whole flow: the clock, the block, the reply, the end; and the parts its loops became.</summary>
    public (Sketch Flow, IReadOnlyList<Sketch> Parts) Draw()
    {
        var parts = new List<Sketch>();
        var flow = new Sketch("f").Clock().Reply().Close().Wires("start>启动时限");
        var last = Into(flow, "启动时限", parts, new Counter());
        flow.Wires($"{last}>答复>办结");
        return (flow, parts);
    }

    /// <summary>Draws the block behind an end of a connection; gives the new end.</summary>
    private string Into(Sketch flow, string end, List<Sketch> parts, Counter counter)
    {
        var id = $"格{counter.Next()}";
        switch (this)
        {
            case Ask ask:
                flow.Task(id, ask.Days).Wires($"{end}>{id}");
                return id;
            case Automatic:
                flow.Line(id).Wires($"{end}>{id}");
                return id;
            case Then then: return then.Second.Into(flow, then.First.Into(flow, end, parts, counter), parts, counter);
            case Choose choose:
                flow.Task(id, choose.Days, "甲", "乙").Join($"{id}合", "WaitAny").Wires($"{end}>{id}");
                flow.Wires($"{choose.One.Into(flow, $"{id}.甲", parts, counter)}>{id}合 {choose.Other.Into(flow, $"{id}.乙", parts, counter)}>{id}合");
                return $"{id}合";
            case Together together:
                flow.Fork(id, "甲", "乙").Join($"{id}合", "WaitAll").Wires($"{end}>{id}");
                flow.Wires($"{together.One.Into(flow, $"{id}.甲", parts, counter)}>{id}合 {together.Other.Into(flow, $"{id}.乙", parts, counter)}>{id}合");
                return $"{id}合";
            case Race race:
                flow.Fork(id, "甲", "乙").Task($"{id}甲", race.One).Task($"{id}乙", race.Other).Join($"{id}合", "WaitAny")
                    .Wires($"{end}>{id} {id}.甲>{id}甲>{id}合 {id}.乙>{id}乙>{id}合");
                return $"{id}合";
            case Again again:
                var part = new Sketch($"{id}圈", "Part").Task("做", again.Days).Has("看", "BanBuCheng.HumanTask", ("assignTo", Sketch.Literal("role:STATION_HEAD")), ("within", Sketch.Literal(0, "Int32")),
                    ("outcomes", Sketch.Literal("[\"好\",\"再来\"]")), ("maxRounds", Sketch.Literal(again.MaxRounds, "Int32"))).Complete("好了", "好").Wires("start>做>看.好>好了 看.再来>做");
                parts.Add(part);
                flow.Part(id, part).Wires($"{end}>{id}");
                return $"{id}.好";
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private sealed class Counter
    {
        private int _last;

        public int Next() => ++_last;
    }
}
