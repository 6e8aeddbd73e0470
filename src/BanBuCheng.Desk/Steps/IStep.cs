using MediatR;

namespace BanBuCheng.Desk.Steps;

/// <summary>
/// One state change of the desk: a record of what somebody asks for. Handled in exactly one transaction
/// (<see cref="OneStepOneTransaction{TStep,T}"/>), sent only through <see cref="StepDoor"/>.
/// </summary>
public interface IStep<out T> : IRequest<T>;

/// <summary>A step that answers nothing but success.</summary>
public interface IStep : IStep<Unit>;

/// <summary>Marks the clock's steps of which there can be very many: while people queue, they get at most every second turn.</summary>
internal interface IBackgroundStep;
